"""Keywords of static, hybrid and dynamic libraries."""
import functools
import inspect
import re

import farm_types
from farm_host import DataError, clean, decode, describe_object, encode, error_of, finished, message_of, remember, trace_of, WIRE

UNSET = inspect.Parameter.empty


def printable(name):
    """Words of a name in code, each with a capital."""
    words = name.replace("_", " ").split()
    if len(words) == 1 and not (name.isalpha() and name.islower()):
        words = camel_words(words[0])
    return " ".join(word[0].upper() + word[1:] for word in words)


def camel_words(text):
    words, word = [], ""
    for before, char, after in zip(" " + text, text, text[1:] + " "):
        starts = not char.isdigit() if before.isdigit() \
            else after.islower() or before.isalpha() and not before.isupper() if char.isupper() else char.isdigit()
        if starts and word:
            words, word = words + [word], ""
        word += char
    return words + [word]


def dynamic_method(instance, name):
    parts = name.split("_")
    for candidate in (name, parts[0] + "".join(p.capitalize() for p in parts[1:])):
        method = getattr(instance, candidate, None)
        if callable(method):
            return method
    return None


def ask_dynamic(instance, name, *args):
    """Result of a method of the dynamic API; None when there is no such method."""
    method = dynamic_method(instance, name)
    if method is None:
        return None
    try:
        return finished(method(*args))
    except Exception as error:
        raise DataError(f"Calling dynamic method '{method.__name__}' failed: {message_of(error)}")


def text_of(value, method):
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode("UTF-8")
    raise DataError(f"Calling dynamic method '{method}' failed: Return value must be a string, got {farm_types.type_name(value)}.")


def texts_of(values, method, tuples=False):
    allowed = "strings or non-empty tuples" if tuples else "strings"
    wrong = DataError(f"Calling dynamic method '{method}' failed: "
                      f"Return value must be a list of {allowed}, got {farm_types.type_name(values)}.")
    if values is None:
        return []
    if isinstance(values, (str, bytes)) or not hasattr(values, "__iter__"):
        raise wrong
    result = []
    for value in values:
        if tuples and isinstance(value, (tuple, list)) and value:
            result.append(tuple(value))
        elif isinstance(value, (str, bytes)):
            result.append(text_of(value, method))
        else:
            raise wrong
    return result


# --- Code ------------------------------------------------------------------------------------------

def describe_code(code, name):
    module = inspect.ismodule(code)
    init = None if module else getattr(code, "__init__", None)
    real = init is not None and init is not object.__init__ and inspect.isfunction(init)
    # An extension's own initializer takes what it likes.
    spec = parameters(init, without_self=True) if real else [] if module or init is object.__init__ else [parameter("args", "*")]
    scope = str(getattr(code, "ROBOT_LIBRARY_SCOPE", "TEST")).upper().replace(" ", "").replace("_", "")
    return {
        "code": remember(code), "module": module, "init": spec, "source": getattr(inspect.getmodule(code), "__file__", None),
        "scope": "global" if module or scope == "GLOBAL" else "suite" if scope in ("SUITE", "TESTSUITE") else "test",
        "typed": getattr(init, "robot_types", ()) is not None,
    }


def make(code, name):
    if inspect.ismodule(code):
        return ModuleLibrary(code, name)
    if dynamic_method(code, "get_keyword_names") is None:
        return ClassLibrary(code, name)
    return (HybridLibrary if dynamic_method(code, "run_keyword") is None else DynamicLibrary)(code, name)


class Library:
    def __init__(self, code, name):
        self.code, self.name, self.instance = code, name, None
        self.runners = []
        self.reports = []

    def create(self, positional, named):
        try:
            self.instance = self.code(*positional, **named)
        except Exception as error:
            items = [str(a) for a in positional] + [f"{n}={named[n]}" for n in named]
            given = f"arguments [ {' | '.join(items)} ]" if items else "no arguments"
            raise DataError(f"Initializing library '{self.name}' with {given} failed: {message_of(error)}\n{trace_of(error)}")

    def describe(self, number):
        self.converters = farm_types.custom_converters(self)
        keywords = self.keywords()
        listeners = getattr(self.instance, "ROBOT_LIBRARY_LISTENER", None)
        if listeners is not None:
            import farm_listeners
            farm_listeners.add_library(number, listeners)
        return {"lib": number, "instance": describe_object(self.instance), "keywords": keywords, "reports": self.reports, "listens": listeners is not None}

    def report(self, name, error, level, details=""):
        self.reports.append({"keyword": clean(str(name)), "error": clean(error), "level": level, "details": clean(details)})

    def add(self, runner, name, spec, doc, tags, typed=True):
        self.runners.append(runner)
        return {"keyword": len(self.runners) - 1, "name": clean(name), "args": spec, "doc": clean(doc), "tags": [clean(str(t)) for t in tags],
                "typed": typed}

    def run(self, keyword, positional, named):
        return self.runners[keyword](positional, named)


class ClassLibrary(Library):
    missing_level = "INFO"
    avoid_properties = True

    def keywords(self):
        found, seen = [], {}
        for name in self.names():
            try:
                keyword = self.keyword(name)
            except Exception as error:
                self.report(name, message_of(error), self.missing_level)
                continue
            problem = keyword and self.problem(keyword, seen)
            if problem:
                self.report(keyword["name"], problem, "ERROR")
            elif keyword:
                found.append(keyword)
        return found

    def problem(self, keyword, seen):
        """Why a keyword cannot be used beside the others."""
        arguments = re.findall(r"\$\{([^}]*)\}", keyword["name"])
        if arguments:
            places = len([p for p in keyword["args"] if p["kind"] in ("/", "")])
            if len(arguments) > places and not any(p["kind"] == "*" for p in keyword["args"]):
                return "Keyword must accept at least as many positional arguments as it has embedded arguments."
            return None
        key = keyword["name"].replace(" ", "").replace("_", "").casefold()
        if key in seen:
            seen[key]["error"] = "Keyword with same name defined multiple times."
            return seen[key]["error"]
        seen[key] = keyword
        return None

    def names(self):
        try:
            automatic = getattr(self.instance, "ROBOT_AUTO_KEYWORDS", True)
            return [name for name in dir(self.instance) if self.is_included(name, automatic)]
        except Exception as error:
            raise DataError(f"Getting keyword names from library '{self.name}' failed: {message_of(error)}")

    def is_included(self, name, automatic):
        return automatic and not name.startswith("_") or self.is_explicit(name)

    def is_explicit(self, name):
        try:
            candidate = inspect.getattr_static(self.instance, name)
        except AttributeError:
            try:
                candidate = getattr(self.instance, name)
            except Exception as error:
                self.report(name, message_of(error), self.missing_level)
                return False
        if isinstance(candidate, (staticmethod, classmethod)):
            candidate = candidate.__func__
        try:
            return hasattr(candidate, "robot_name")
        except Exception:
            return False

    def keyword(self, name):
        if self.avoid_properties:
            try:
                candidate = inspect.getattr_static(self.instance, name)
                candidate = candidate.__func__ if isinstance(candidate, classmethod) else candidate
                if not inspect.isroutine(candidate):
                    raise DataError("Not a method or function.")
            except AttributeError:
                pass  # Made when it is asked for.
        try:
            method = getattr(self.instance, name)
        except Exception as error:
            raise DataError(f"Getting handler method failed: {message_of(error)}")
        if not (inspect.isroutine(method) or isinstance(method, functools.partial)):
            raise DataError("Not a method or function.")
        if getattr(method, "robot_not_keyword", False):
            raise DataError("Not exposed as a keyword.")
        try:
            return self.static(name, method)
        except DataError as error:
            self.report(name, message_of(error), "ERROR")
            return None

    def static(self, name, method):
        shown = getattr(method, "robot_name", None) or printable(name)
        if not shown:
            raise DataError("Keyword name cannot be empty.")
        tags = getattr(method, "robot_tags", ())
        if isinstance(tags, (str, bytes)) or not hasattr(tags, "__iter__"):
            raise DataError(f"Expected tags to be list-like, got {farm_types.type_name(tags)}.")
        hints = getattr(method, "robot_types", ())

        def run(positional, named):
            return getattr(self.instance, name)(*positional, **named)

        return self.add(run, shown, parameters(method, self.converters), inspect.getdoc(method) or "", tags, hints is not None)


class ModuleLibrary(ClassLibrary):
    avoid_properties = False

    def create(self, positional, named):
        self.instance = self.code

    def is_included(self, name, automatic):
        return super().is_included(name, automatic) and (not hasattr(self.code, "__all__") or name in self.code.__all__)


class HybridLibrary(ClassLibrary):
    missing_level = "ERROR"
    avoid_properties = False

    def names(self):
        method = dynamic_method(self.instance, "get_keyword_names")
        try:
            return list(dict.fromkeys(texts_of(ask_dynamic(self.instance, "get_keyword_names"), method.__name__)))
        except DataError as error:
            raise DataError(f"Getting keyword names from library '{self.name}' failed: {error}")


class DynamicLibrary(HybridLibrary):
    def keyword(self, name):
        runner = dynamic_method(self.instance, "run_keyword")
        count = len([p for p in parameters(runner) if p["kind"] in ("/", "")])
        takes_named = count == 3
        written = ask_dynamic(self.instance, "get_keyword_arguments", name)
        method = dynamic_method(self.instance, "get_keyword_arguments")
        if written is None:
            spec = [parameter("varargs", "*")] + ([parameter("kwargs", "**")] if takes_named else [])
        else:
            spec = written_parameters(texts_of(written, method.__name__, tuples=True))
        if not takes_named:
            for kind, what in ((">", "named-only arguments."), ("**", "free named arguments.")):
                if any(p["kind"] == kind for p in spec):
                    raise DataError(f"Too few '{runner.__name__}' method parameters to support {what}")
        types = ask_dynamic(self.instance, "get_keyword_types", name)
        typed = types is not None or dynamic_method(self.instance, "get_keyword_types") is None
        if types is not None:
            set_types(spec, types, self.converters)
        tags = texts_of(ask_dynamic(self.instance, "get_keyword_tags", name), "get_keyword_tags")
        doc = ask_dynamic(self.instance, "get_keyword_documentation", name)
        names = [p["name"] for p in spec if p["kind"] in ("/", "")]
        defaults = {p["name"]: p["python"] for p in spec if "python" in p}

        def run(positional, named):
            if takes_named:
                return runner(name, tuple(positional), named)
            return runner(name, tuple(positional) + tuple(filled(names[len(positional):], named, defaults)))

        shown = self.add(run, printable(name), spec, text_of(doc or "", "get_keyword_documentation"), tags, typed)
        for item in spec:
            item.pop("python", None)
        return shown


def filled(names, named, defaults):
    """Named arguments as positional ones, up to the last that is given."""
    while names and names[-1] not in named:
        names = names[:-1]
    return [named[name] if name in named else defaults[name] for name in names]


# --- Arguments -----------------------------------------------------------------------------------

def parameter(name, kind, default=UNSET):
    item = {"name": name, "kind": kind}
    if default is not UNSET:
        item["default"] = default_of(default)
        special = farm_types.of_default(default)
        if special:
            item["defaultType"] = special
    return item


def default_of(value):
    if value is None or isinstance(value, (bool, int, float, str)) and type(value) in (bool, int, float, str):
        return {"v": encode(value)}
    if isinstance(value, (list, tuple, dict, set, frozenset, bytes, bytearray)):
        return {"v": None, "type": type(value).__name__}
    return {"v": None, "type": type(value).__name__}


def parameters(method, converters=None, without_self=False):
    try:
        signature = inspect.signature(method)
    except ValueError:
        return [parameter("args", "*")]
    except Exception as error:
        raise DataError(str(error))
    P = inspect.Parameter
    kinds = {P.POSITIONAL_ONLY: "/", P.POSITIONAL_OR_KEYWORD: "", P.VAR_POSITIONAL: "*", P.KEYWORD_ONLY: ">", P.VAR_KEYWORD: "**"}
    spec = [parameter(p.name, kinds[p.kind], p.default) for p in list(signature.parameters.values())[1 if without_self else 0:]]
    types = getattr(method, "robot_types", ())
    if types is None:
        return spec
    set_types(spec, types or farm_types.hints(method), converters)
    return spec


def set_types(spec, types, converters):
    if not types:
        return
    if isinstance(types, dict):
        types = {name: t for name, t in types.items() if name != "return"}
        unknown = sorted(str(n) for n in types if n not in [p["name"] for p in spec])
        if unknown:
            raise DataError(f"Type information given to non-existing argument{'' if len(unknown) == 1 else 's'} {farm_types.quoted(unknown)}.")
    elif isinstance(types, (list, tuple)):
        if len(types) > len(spec):
            raise DataError(f"Type information given to {len(types)} argument{'' if len(types) == 1 else 's'} but keyword has only {len(spec)} argument{'' if len(spec) == 1 else 's'}.")
        types = {p["name"]: t for p, t in zip(spec, types) if t}
    else:
        raise DataError(f"Type information must be given as a dictionary or a list, got {farm_types.type_name(types)}.")
    for item in spec:
        if item["name"] in types:
            item["type"] = farm_types.describe(types[item["name"]], converters)


def written_parameters(written):
    """Arguments of the dynamic API: texts such as 'name=default', or tuples of name and default."""
    spec, kind, defaults = [], "", False

    def fail(text):
        raise DataError(f"Invalid argument specification: {text}")

    for item in written:
        if isinstance(item, tuple):
            if not (len(item) in (1, 2) and isinstance(item[0], str) and not (item[0].startswith("*") and len(item) == 2)):
                fail(f'Invalid argument "{item}".')
            name, default = item[0], item[1] if len(item) == 2 else UNSET
        elif "=" in item:
            name, default = item.split("=", 1)
        else:
            name, default = item, UNSET
        if spec and spec[-1]["kind"] == "**":
            fail("Only last argument can be kwargs.")
        if name == "/":
            if any(p["kind"] == "/" for p in spec):
                fail("Too many positional-only separators.")
            if kind == ">":
                fail("Positional-only separator must be before named-only arguments.")
            for known in spec:
                known["kind"] = "/"
        elif default is not UNSET:
            spec.append({**parameter(name, kind, default), "python": default})
            defaults = True
        elif name.startswith("**"):
            spec.append(parameter(name[2:], "**"))
        elif name.startswith("*"):
            if kind == ">":
                fail("Cannot have multiple varargs.")
            if name != "*":
                spec.append(parameter(name[1:], "*"))
            kind = ">"
        else:
            if defaults and kind != ">":
                fail("Non-default argument after default arguments.")
            spec.append(parameter(name, kind))
    return spec
