"""Listeners that libraries bring along."""


def add_library(number, listeners):
    pass
