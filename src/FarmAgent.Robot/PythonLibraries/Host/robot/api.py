"""Decorators, loggers and exceptions for libraries."""
from robot.api import deco, exceptions, logger
from robot.api.exceptions import ContinuableFailure, Error, Failure, FatalError, SkipExecution
from robot.api.types import Secret, TypeInfo
