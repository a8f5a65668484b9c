"""Exceptions with which keywords report what happened."""


class Failure(AssertionError):
    ROBOT_SUPPRESS_NAME = True

    def __init__(self, message, html=False):
        super().__init__(message if not html else f"*HTML* {message}")


class ContinuableFailure(Failure):
    ROBOT_CONTINUE_ON_FAILURE = True


class Error(RuntimeError):
    ROBOT_SUPPRESS_NAME = True

    def __init__(self, message, html=False):
        super().__init__(message if not html else f"*HTML* {message}")


class FatalError(Error):
    ROBOT_EXIT_ON_FAILURE = True
    ROBOT_SUPPRESS_NAME = False


class SkipExecution(Exception):
    ROBOT_SKIP_EXECUTION = True
    ROBOT_SUPPRESS_NAME = True

    def __init__(self, message, html=False):
        super().__init__(message if not html else f"*HTML* {message}")
