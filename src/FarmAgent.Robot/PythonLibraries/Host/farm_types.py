"""Descriptions of type hints that the other side converts arguments by."""
import enum
import inspect
import typing

from farm_host import DataError, clean, encode, finished, message_of, remember

CONVERTERS = {}
NAMES = {str: "string", int: "integer", bool: "boolean", type(None): "None", dict: "dictionary"}


def quoted(items):
    items = [f"'{item}'" for item in items]
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def type_name(value):
    kind = type(value)
    return NAMES.get(kind, kind.__name__.strip("_"))


def hints(method):
    try:
        found = typing.get_type_hints(method)
    except Exception:
        found = getattr(method, "__annotations__", {}) or {}
    return {name: hint for name, hint in found.items() if name != "return"}


def describe(hint, converters=None, depth=0):
    """A type as data: a name, its parameters, and for types that only Python knows how to make one."""
    if depth > 20:
        return {"n": "Any"}
    inner = lambda item: describe(item, converters, depth + 1)
    custom = custom_for(hint, converters)
    if custom:
        return custom
    if isinstance(hint, str):
        return {"text": hint}
    if hint is None or hint is type(None):
        return {"n": "None"}
    if isinstance(hint, (tuple, list)) and not hasattr(hint, "__origin__"):
        return inner(hint[0]) if len(hint) == 1 else {"n": "Union", "a": [inner(item) for item in hint]}
    if isinstance(hint, typing.ForwardRef):
        return {"text": hint.__forward_arg__}
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is not None:
        return generic(hint, origin, args, inner)
    if isinstance(hint, typing.TypeVar):
        return {"n": "Union", "a": [inner(c) for c in hint.__constraints__]} if hint.__constraints__ \
            else inner(hint.__bound__) if hint.__bound__ else {"n": "Any"}
    if hint is Ellipsis:
        return {"n": "..."}
    if hint is typing.Any:
        return {"n": "Any"}
    if typing.is_typeddict(hint):
        return typed_dict(hint, inner)
    if isinstance(hint, type):
        return of_class(hint)
    return {"n": clean(getattr(hint, "__name__", None) or getattr(hint, "_name", None) or str(hint)), "unknown": True}


def generic(hint, origin, args, inner):
    name = getattr(hint, "__name__", None) or getattr(hint, "_name", None) or getattr(origin, "__name__", str(origin))
    if origin is typing.Union or type(hint).__name__ == "UnionType":
        return {"n": "Union", "a": [inner(item) for item in args]}
    if origin is typing.Literal:
        return {"n": "Literal", "v": [[literal_name(v), encode(v)] for v in args]}
    if origin is typing.Annotated if hasattr(typing, "Annotated") else False:
        return inner(args[0])
    if getattr(origin, "__name__", "") in ("NotRequired", "Required", "ReadOnly"):
        return inner(args[0])
    base = of_class(origin) if isinstance(origin, type) else {"n": name}
    if base.get("unknown") or base["n"] in ("int", "str"):
        return base
    return {**base, "shown": name, "a": [inner(item) for item in args if not isinstance(item, typing.TypeVar)]} if args else base


def literal_name(value):
    return clean(value.name if isinstance(value, enum.Enum) else repr(value))


def of_class(kind):
    import collections.abc
    import datetime
    import decimal
    import numbers
    import pathlib
    if issubclass(kind, enum.Enum):
        return of_enum(kind)
    if kind.__name__ == "Secret" and kind.__module__.startswith("robot."):
        return {"n": "Secret"}
    table = ((bool, "bool"), (str, "str"), (collections.abc.ByteString, "bytearray" if issubclass(kind, bytearray) else "bytes"),
             (numbers.Integral, "int"), (numbers.Real, "float") if not issubclass(kind, decimal.Decimal) else (decimal.Decimal, "decimal"),
             (decimal.Decimal, "decimal"), (datetime.datetime, "datetime"), (datetime.date, "date"), (datetime.timedelta, "timedelta"),
             (pathlib.PurePath, "Path"), (list, "list"), (tuple, "tuple"), (dict, "dict"), (frozenset, "frozenset"))
    if kind is object:
        return {"n": "object"}
    for base, name in table:
        if issubclass(kind, base):
            return of_decimal() if name == "decimal" else {"n": name}
    for base, name in ((collections.abc.Sequence, "Sequence"), (collections.abc.Mapping, "Mapping"), (collections.abc.Set, "set")):
        if issubclass(kind, base):
            return {"n": name}
    return {"n": clean(kind.__name__), "unknown": True}


def of_decimal():
    """There are no such numbers on the other side."""
    import decimal

    def convert(value):
        if isinstance(value, str):
            value = value.replace(" ", "").replace("_", "")
        try:
            return decimal.Decimal(value)
        except decimal.InvalidOperation:
            raise ValueError("")

    CONVERTERS["decimal"] = CONVERTERS.get("decimal") or len(CONVERTERS) + 1
    CONVERTERS[CONVERTERS["decimal"]] = convert
    return {"n": "decimal", "converter": CONVERTERS["decimal"], "accepts": [{"n": name} for name in ("str", "int", "float")]}


def of_enum(kind):
    members = [[clean(name), encode(member), clean(str(member)), member.value if isinstance(member.value, int) else None]
               for name, member in kind.__members__.items()]
    return {"n": clean(kind.__name__), "enum": members, "int": issubclass(kind, int)}


def typed_dict(kind, inner):
    found = typing.get_type_hints(kind)
    return {"n": clean(kind.__name__), "items": [[name, inner(hint)] for name, hint in found.items()],
            "required": sorted(getattr(kind, "__required_keys__", frozenset(found)))}


def of_default(value):
    if isinstance(value, enum.Enum):
        return of_enum(type(value))
    kind = type(value)
    if value is None or kind in (bool, int, float, str):
        return None
    described = of_class(kind)
    return None if described.get("unknown") else described


# --- Converters of a library -----------------------------------------------------------------------

def custom_for(hint, converters):
    if not converters or not isinstance(hint, type):
        return None
    for kind, number, accepts, name in converters:
        if issubclass(hint, kind):
            return {"n": name, "converter": number, "accepts": [describe(a) for a in accepts]}
    return None


def custom_converters(library):
    found = getattr(library.code, "ROBOT_LIBRARY_CONVERTERS", None)
    if not found:
        return None
    if not hasattr(found, "items"):
        library.report(None, f"Argument converters must be given as a dictionary, got {type_name(found)}.", "ERROR")
        return None
    result = []
    for kind, converter in found.items():
        try:
            result.append(custom(kind, converter, library))
        except TypeError as error:
            library.report(None, str(error), "ERROR")
    return result


def custom(kind, converter, library):
    if not isinstance(kind, type):
        raise TypeError(f"Custom converters must be specified using types, got {type_name(kind)} {kind!r}.")
    if converter is None:
        def converter(arg):
            raise TypeError(f"Only {kind.__name__} instances are accepted, got {type_name(arg)}.")
    if not callable(converter):
        raise TypeError(f"Custom converters must be callable, converter for {kind.__name__} is {type_name(converter)}.")
    signature = list(inspect.signature(converter).parameters.values())
    P = inspect.Parameter
    positional = [p for p in signature if p.kind in (P.POSITIONAL_ONLY, P.POSITIONAL_OR_KEYWORD)]
    various = [p for p in signature if p.kind == P.VAR_POSITIONAL]
    name = getattr(converter, "__name__", kind.__name__)
    needed = [p.name for p in positional if p.default is P.empty]
    if len(needed) > 2:
        raise TypeError(f"Custom converters cannot have more than two mandatory arguments, '{name}' has {quoted(needed)}.")
    if not positional and not various:
        raise TypeError(f"Custom converters must accept one positional argument, '{name}' accepts none.")
    only = sorted(p.name for p in signature if p.kind == P.KEYWORD_ONLY and p.default is P.empty)
    if only:
        raise TypeError(f"Custom converters cannot have mandatory keyword-only arguments, '{name}' has {quoted(only)}.")
    first = (positional or various)[0].name
    hint = hints(converter if inspect.isroutine(converter) else converter.__init__ if inspect.isclass(converter) else converter.__call__).get(first)
    accepts = [] if hint is None else list(typing.get_args(hint)) if typing.get_origin(hint) is typing.Union or type(hint).__name__ == "UnionType" else [hint]
    with_library = len(needed) == 2 or bool(various)

    def convert(value):
        try:
            return converter(value, library.instance) if with_library else converter(value)
        except ValueError:
            raise
        except Exception as error:
            raise ValueError(message_of(error))

    number = len(CONVERTERS) + 1
    CONVERTERS[number] = convert
    return kind, number, accepts, clean(NAMES.get(kind, kind.__name__))
