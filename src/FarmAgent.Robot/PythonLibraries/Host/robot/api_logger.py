"""Writes into the log of the running keyword."""


def write(msg, level="INFO", html=False):
    level = level.upper()
    if level not in ("TRACE", "DEBUG", "INFO", "HTML", "WARN", "ERROR", "CONSOLE"):
        raise ValueError(f"Invalid log level '{level}'.")
    _host.log(msg if isinstance(msg, str) else str(msg), level, html)


def trace(msg, html=False):
    write(msg, "TRACE", html)


def debug(msg, html=False):
    write(msg, "DEBUG", html)


def info(msg, html=False, also_console=False):
    write(msg, "INFO", html)
    if also_console:
        console(msg)


def warn(msg, html=False, console=True):
    write(msg, "WARN", html)


def error(msg, html=False, console=True):
    write(msg, "ERROR", html)


def console(msg, newline=True, stream="stdout"):
    _host.WIRE.send({"print": _host.clean(f"{msg}\n" if newline else str(msg)), "stream": str(stream).lower().strip("_")})
