"""BuiltIn keywords for Python code."""
from robot.errors import RobotNotRunningError


class _Keyword:
    def __init__(self, name):
        self.name = name

    def __call__(self, *args, **named):
        return _host.WIRE.ask({"want": "builtin", "name": self.name, "args": [_host.encode(a) for a in args],
                               "named": [[n, _host.encode(v)] for n, v in named.items()]})


class BuiltIn:
    """Every keyword of BuiltIn as a method."""

    ROBOT_LIBRARY_SCOPE = "GLOBAL"

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return _Keyword(name.replace("_", " "))

    @property
    def robot_running(self):
        return True

    @property
    def dry_run_active(self):
        return False


def register_run_keyword(library, keyword, args_to_process=0, deprecation_warning=True, dry_run=False):
    pass
