"""Errors that reach Python code when it runs keywords."""


class RobotError(Exception):
    ROBOT_SUPPRESS_NAME = True

    @property
    def message(self):
        return str(self)


class DataError(RobotError):
    pass


class ExecutionFailed(RobotError):
    def __init__(self, message, fatal=False, go_on=False, skip=False):
        super().__init__(message)
        self.ROBOT_EXIT_ON_FAILURE, self.ROBOT_CONTINUE_ON_FAILURE, self.ROBOT_SKIP_EXECUTION = fatal, go_on, skip

    @property
    def status(self):
        return "SKIP" if self.ROBOT_SKIP_EXECUTION else "FAIL"


ExecutionFailures = HandlerExecutionFailed = ExecutionFailed


class RobotNotRunningError(AttributeError):
    pass


class TimeoutError(RobotError):
    pass
