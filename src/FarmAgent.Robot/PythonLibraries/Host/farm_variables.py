"""Variables of Python files and classes."""
import inspect

import farm_types
from farm_host import DataError, clean, encode, find_code, finished, message_of, trace_of


def read(name, args):
    try:
        found = find_code(name, decorated=False)
        if inspect.isclass(found):
            found = instance_of(found)
    except DataError as error:
        raise DataError(f"Importing variable file '{name}' failed: {error}")
    return [[clean(key), encode(value)] for key, value in (checked(str(n), v) for n, v in variables(found, args))]


def instance_of(kind):
    try:
        return kind()
    except Exception as error:
        raise DataError(f"Creating instance failed: {message_of(error)}\n{trace_of(error)}")


def variables(found, args):
    method = getattr(found, "get_variables", None) or getattr(found, "getVariables", None)
    if method is not None:
        values = finished(call(method, args))
        if not hasattr(values, "items"):
            raise DataError(f"Expected '{method.__name__}' to return a dictionary-like value, got {farm_types.type_name(values)}.")
        return values.items()
    if args:
        raise DataError("Static variable files do not accept arguments.")
    names = [name for name in dir(found) if not name.startswith("_")]
    if hasattr(found, "__all__"):
        names = [name for name in names if name in found.__all__]
    pairs = [(name, getattr(found, name)) for name in names]
    return pairs if inspect.ismodule(found) else [(name, value) for name, value in pairs if not callable(value)]


def call(method, args):
    spec = list(inspect.signature(method).parameters.values())
    P = inspect.Parameter
    by_name = {p.name for p in spec if p.kind in (P.POSITIONAL_OR_KEYWORD, P.KEYWORD_ONLY)}
    positional, named = [], {}
    for arg in args:
        name, equals, value = arg.partition("=") if isinstance(arg, str) else ("", "", "")
        if equals and (name in by_name or any(p.kind == P.VAR_KEYWORD for p in spec)):
            named[name] = value
        else:
            positional.append(arg)
    ordinary = [p for p in spec if p.kind in (P.POSITIONAL_ONLY, P.POSITIONAL_OR_KEYWORD)]
    least = len([p for p in ordinary if p.default is P.empty])
    given = len(positional) + len([n for n in named if n in {p.name for p in ordinary}])
    unbound = any(p.kind == P.VAR_POSITIONAL for p in spec)
    if given < least or given > len(ordinary) and not unbound:
        s = lambda n: "" if n == 1 else "s"
        expected = f"at least {least} argument{s(least)}" if unbound else f"{least} argument{s(least)}" if least == len(ordinary) \
            else f"{least} to {len(ordinary)} arguments"
        raise DataError(f"Variable file expected {expected}, got {given}.")
    return method(*positional, **named)


def checked(name, value):
    if name.startswith("LIST__"):
        if isinstance(value, (str, bytes, bytearray)) or not hasattr(value, "__iter__"):
            raise DataError(f"Invalid variable '{name}': Expected a list-like value, got {farm_types.type_name(value)}.")
        return "@" + name[6:], list(value)
    if name.startswith("DICT__"):
        if not hasattr(value, "items"):
            raise DataError(f"Invalid variable '{name}': Expected a dictionary-like value, got {farm_types.type_name(value)}.")
        return "&" + name[6:], dict(value.items())
    return "$" + name, value
