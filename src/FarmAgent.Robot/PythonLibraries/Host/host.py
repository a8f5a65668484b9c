"""Runs Python libraries, variable files and modules for a test run that another process executes.

Requests and answers are lines of JSON on what were standard input and output; what the libraries print is
captured and logged. A request has a number and an operation, its answer that number and a result or an error.
While an operation runs, it may ask the other side for something and gets its answer the same way.
"""
import asyncio
import importlib
import inspect
import io
import json
import logging
import os
import queue
import re
import signal
import sys
import threading
import traceback

GENERIC = ("AssertionError", "Error", "Exception", "RuntimeError")
LEVELS = re.compile(r"^(?:\*(TRACE|DEBUG|CONSOLE|INFO|HTML|WARN|ERROR)(?::(\d+)(?:\.\d+)?)?\*)", re.MULTILINE)
OWN_FILE = (lambda: None).__code__.co_filename
LIMIT_OF_ITEMS = 1_000_000


class Interrupted(Exception):
    """A timeout was exceeded or the run shall end."""

    ROBOT_SUPPRESS_NAME = True


class DataError(Exception):
    """What a library declares cannot be used."""

    ROBOT_SUPPRESS_NAME = True


class Wire:
    """Lines of JSON in both directions, and the requests that wait for an answer."""

    def __init__(self):
        self.input = os.fdopen(os.dup(0), "r", encoding="utf-8", newline="\n")
        self.output = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        os.dup2(2, 1)
        sys.stdin = open(0, encoding="utf-8", closefd=False)
        sys.stdout = open(1, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)
        self.inbox = queue.SimpleQueue()
        self.lock = threading.Lock()
        self.asked = 0
        self.busy = 0
        threading.Thread(target=self.read, name="farm-wire", daemon=True).start()

    def read(self):
        for line in self.input:
            message = json.loads(line)
            if message.get("op") == "interrupt":
                if self.busy:
                    signal.pthread_kill(threading.main_thread().ident, signal.SIGUSR1)
                continue
            self.inbox.put(message)
        os._exit(0)

    def send(self, message):
        text = json.dumps(message, ensure_ascii=True, separators=(",", ":"))
        with self.lock:
            self.output.write(text + "\n")
            self.output.flush()

    def ask(self, request):
        self.asked += 1
        number = self.asked
        self.send({"ask": number, **request})
        while True:
            message = self.inbox.get()
            if message.get("answer") == number:
                if "error" in message:
                    raise remote_error(message["error"])
                return decode(message.get("value"))
            serve(message)


WIRE = Wire()
OBJECTS = {}
NUMBERS = {}
FOREIGN = {}


def remote_error(error):
    from robot import errors
    failed = errors.ExecutionFailed(error["text"], fatal=error.get("fatal", False), go_on=error.get("continue", False), skip=error.get("skip", False))
    failed.farm_failure = error["failure"]
    return failed


# --- Values ------------------------------------------------------------------------------------

class Foreign:
    """A value of the other side that Python has no equivalent for; it is only handed back."""

    def __init__(self, number, text):
        self.number, self.text = number, text

    def __repr__(self):
        return self.text


def remember(value):
    key = id(value)
    if key not in NUMBERS:
        NUMBERS[key] = len(OBJECTS) + 1
        OBJECTS[NUMBERS[key]] = value
    return NUMBERS[key]


def describe_object(value):
    kind = type(value)
    can = ""
    if callable(value):
        can += "c"
    if hasattr(kind, "__iter__"):
        can += "i"
    if hasattr(kind, "__getitem__"):
        can += "g"
    return {"o": remember(value), "c": kind.__name__.split(".")[-1], "m": kind.__module__, "can": can}


def encode(value, path=()):
    kind = type(value)
    if value is None or kind is bool:
        return value
    if kind is str:
        return clean(value)
    if kind is int:
        return value if -2**53 < value < 2**53 else {"i": str(value)}
    if kind is float:
        return {"f": repr(value)}
    if id(value) in path or len(path) > 200:
        return describe_object(value)
    inner = path + (id(value),)
    simple = encode_container(value, inner)
    if simple is not None:
        return simple
    return encode_other(value)


def clean(text):
    return text.encode("utf-8", "replace").decode("utf-8") if any("\ud800" <= c <= "\udfff" for c in text) else text


def encode_container(value, path):
    kind = type(value)
    if kind is list or (isinstance(value, list) and kind.__iter__ is list.__iter__):
        return [encode(item, path) for item in value]
    if kind is tuple:
        return {"t": [encode(item, path) for item in value]}
    if isinstance(value, dict) and kind.__iter__ is dict.__iter__:
        return {"D" if kind.__name__ == "DotDict" else "d": [[encode(k, path), encode(v, path)] for k, v in value.items()]}
    if kind is set or kind is frozenset:
        return {"s" if kind is set else "z": [encode(item, path) for item in value]}
    return None


def encode_other(value):
    import datetime
    import decimal
    import enum
    import pathlib
    kind = type(value)
    if kind is bytes or kind is bytearray:
        return {"b" if kind is bytes else "B": value.decode("latin-1")}
    if kind is datetime.datetime and value.tzinfo is None:
        return {"dt": [value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond]}
    if kind is datetime.date:
        return {"dt": [value.year, value.month, value.day]}
    if kind is datetime.timedelta:
        return {"td": str((value.days * 86400 + value.seconds) * 1000000 + value.microseconds)}
    if isinstance(value, pathlib.PurePosixPath):
        return {"p": str(value)}
    if kind is Foreign:
        return {"n": value.number}
    if kind.__name__ == "Secret" and kind.__module__.startswith("robot."):
        return {"x": value.value}
    if isinstance(value, (str, int, float)) and not isinstance(value, enum.Enum):
        for base in (str, int, float):
            if isinstance(value, base):
                return encode(base.__str__(value) if base is str else base(value))
    return describe_object(value)


def decode(value):
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    (tag, content), = list(value.items())[:1]
    return DECODERS[tag](content)


def decode_dict(kind, pairs):
    return kind((decode(k), decode(v)) for k, v in pairs)


def decode_dot(pairs):
    from robot.utils import DotDict
    return decode_dict(DotDict, pairs)


def decode_time(parts):
    import datetime
    return datetime.datetime(*parts) if len(parts) > 3 else datetime.date(*parts)


def decode_delta(micros):
    import datetime
    return datetime.timedelta(microseconds=int(micros))


def decode_decimal(text):
    import decimal
    return decimal.Decimal(text)


def decode_path(text):
    import pathlib
    return pathlib.Path(text)


def decode_secret(text):
    from robot.api.types import Secret
    return Secret(text)


DECODERS = {
    "i": int, "f": float, "t": lambda items: tuple(decode(i) for i in items), "d": lambda pairs: decode_dict(dict, pairs),
    "D": decode_dot, "s": lambda items: {decode(i) for i in items}, "z": lambda items: frozenset(decode(i) for i in items),
    "b": lambda text: text.encode("latin-1"), "B": lambda text: bytearray(text, "latin-1"), "dt": decode_time, "td": decode_delta,
    "dec": decode_decimal, "p": decode_path, "x": decode_secret, "o": lambda number: OBJECTS[number],
    "n": lambda content: Foreign(*content), "lib": lambda number: LIBRARIES[number].instance,
}


# --- Errors and output ---------------------------------------------------------------------------

def message_of(error):
    name = type(error).__name__.split(".")[-1]
    text = str(error)
    if not text:
        return name
    if name in GENERIC or getattr(error, "ROBOT_SUPPRESS_NAME", False):
        return text
    if text.startswith("*HTML*"):
        return f"*HTML* {name}: {text[6:].lstrip()}"
    return f"{name}: {text}"


def is_own(frame):
    file = frame.tb_frame.f_code.co_filename
    return file == OWN_FILE or file.startswith(("<farm_", "<robot"))


def trace_of(error, headless=False):
    frames = error.__traceback__
    while frames and is_own(frames):
        frames = frames.tb_next
    error.__traceback__ = frames
    if headless:
        lines = traceback.format_tb(frames) if frames else ["  None"]
        return "Traceback (most recent call last):\n" + "".join(lines).rstrip()
    if frames or error.__context__ or error.__cause__:
        return "".join(traceback.format_exception(type(error), error, frames)).rstrip()
    return "Traceback (most recent call last):\n  None\n" + "".join(traceback.format_exception_only(type(error), error)).rstrip()


def error_of(error):
    failure = getattr(error, "farm_failure", None)
    return {
        **({} if failure is None else {"failure": failure}),
        "type": type(error).__name__, "raw": clean(str(error)), "text": clean(message_of(error)), "trace": clean(trace_of(error)),
        "skip": bool(getattr(error, "ROBOT_SKIP_EXECUTION", False)), "fatal": bool(getattr(error, "ROBOT_EXIT_ON_FAILURE", False)),
        "continue": bool(getattr(error, "ROBOT_CONTINUE_ON_FAILURE", False)),
    }


def log(text, level="INFO", html=False, console=None):
    if threading.current_thread() is threading.main_thread():
        WIRE.send({"log": clean(text), "level": level, "html": bool(html), "console": bool(console)})


class Captured:
    """Takes what code prints, and logs it when it has ended."""

    depth = 0

    def __enter__(self):
        self.streams = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = self.texts = io.StringIO(), io.StringIO()
        return self

    def __exit__(self, *unused):
        sys.stdout, sys.stderr = self.streams
        for text, stream in zip(self.texts, ("stdout", "stderr")):
            content = text.getvalue()
            if content:
                log_printed(content)
                if stream == "stderr":
                    WIRE.send({"print": clean(content), "stream": "stderr"})
        return False


def log_printed(text):
    parts = LEVELS.split(text.strip())
    parts = parts[1:] if parts[0] == "" else ["INFO", None, *parts]
    for level, stamp, content in zip(parts[::3], parts[1::3], parts[2::3]):
        WIRE.send({"log": clean(content.strip()), "level": level, "html": False, "console": False, "at": int(stamp) if stamp else None})


class LoggingBridge(logging.Handler):
    def emit(self, record):
        try:
            text = self.format(record)
        except Exception:
            text = f"Failed to log following message properly: {record.msg}"
        names = ((logging.ERROR, "ERROR"), (logging.WARNING, "WARN"), (logging.INFO, "INFO"), (logging.DEBUG, "DEBUG"), (0, "TRACE"))
        log(text, next(name for number, name in names if record.levelno >= number))


def finished(value):
    """The value itself, or what it awaits."""
    return loop().run_until_complete(value) if inspect.iscoroutine(value) or asyncio.isfuture(value) else value


def loop():
    if not hasattr(loop, "current"):
        loop.current = asyncio.new_event_loop()
        asyncio.set_event_loop(loop.current)
    return loop.current


# --- Imports ---------------------------------------------------------------------------------------

def import_named(name):
    """A module, or something in it, by a dotted name."""
    if "." not in name:
        return import_module(name)
    parent, last = name.rsplit(".", 1)
    package = import_module(parent, [last])
    if not hasattr(package, last):
        raise DataError(f"Module '{parent}' does not contain '{last}'.")
    return getattr(package, last)


def import_module(name, wanted=()):
    if name in sys.builtin_module_names:
        raise DataError("Cannot import custom module with same name as Python built-in module.")
    importlib.invalidate_caches()
    try:
        return __import__(name, fromlist=list(wanted) or None) if wanted or "." not in name else importlib.import_module(name)
    except Exception as error:
        raise import_failed(error)


def import_failed(error):
    frames = error.__traceback__
    while frames and (is_own(frames) or "importlib" in frames.tb_frame.f_code.co_filename):
        frames = frames.tb_next
    error.__traceback__ = frames
    path = "\n".join(f"  {folder}" for folder in sys.path)
    return DataError(f"{message_of(error)}\n{trace_of(error, headless=True)}\nPYTHONPATH:\n{path}")


def import_path(path):
    if not os.path.exists(path):
        raise DataError("File or directory does not exist.")
    if os.path.splitext(path)[1] not in (".py", ""):
        raise DataError("Not a valid file or directory to import.")
    path = os.path.normpath(path)
    folder, file = os.path.split(path)
    name = os.path.splitext(file)[0]
    known = sys.modules.get(name)
    if known is not None:
        origin = os.path.normpath(getattr(known, "__file__", None) or "")
        if origin not in (path, os.path.join(path, "__init__.py")):
            del sys.modules[name]
    sys.path.insert(0, folder)
    try:
        return import_module(name)
    finally:
        if folder in sys.path:
            sys.path.remove(folder)


def class_or_module(module, decorated=False):
    found = getattr(module, module.__name__, None)
    if inspect.isclass(found):
        return found
    if decorated:
        classes = [c for _, c in inspect.getmembers(module, inspect.isclass)
                   if hasattr(c, "ROBOT_AUTO_KEYWORDS") and c.__module__ == module.__name__]
        if len(classes) == 1:
            return classes[0]
    return module


def find_code(name, decorated):
    if os.path.isabs(name):
        code = class_or_module(import_path(name), decorated)
    else:
        code = import_named(name)
        if inspect.ismodule(code):
            code = class_or_module(code, decorated) if "." not in name else class_in_package(code, name, decorated)
    if not (inspect.isclass(code) or inspect.ismodule(code)):
        raise DataError(f"Expected class or module, got {type(code).__name__}.")
    return code


def class_in_package(module, name, decorated):
    found = getattr(module, name.rsplit(".", 1)[1], None)
    return found if inspect.isclass(found) else class_or_module(module, decorated)


# --- Operations --------------------------------------------------------------------------------------

LIBRARIES = {}


def op_hello(request):
    sys.path[:] = [p for p in sys.path if p]
    sys.path[:0] = request["path"]
    install(request["modules"])
    bridge = LoggingBridge()
    logging.getLogger().addHandler(bridge)
    logging.getLogger().setLevel(logging.NOTSET)
    logging.raiseExceptions = False
    return [sys.version.split()[0]]


def install(sources):
    """Makes the small stand-ins for the package that libraries import their decorators and loggers from."""
    import importlib.abc
    import importlib.util

    class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
        def find_spec(self, name, path, target=None):
            return importlib.util.spec_from_loader(name, self, is_package=name + ".__init__" in sources) \
                if name in sources or name + ".__init__" in sources else None

        def exec_module(self, module):
            name = module.__name__
            text = sources.get(name) or sources[name + ".__init__"]
            module.__dict__["_host"] = HOST
            exec(compile(text, f"<{name}>", "exec"), module.__dict__)

    sys.meta_path.insert(0, Finder())


def op_import(request):
    import farm_libraries
    with Captured():
        code = find_code(request["name"], decorated=True)
    return farm_libraries.describe_code(code, request["name"])


def op_create(request):
    import farm_libraries
    library = farm_libraries.make(OBJECTS[request["code"]], request["name"])
    positional = [decode(value) for value in request["args"]]
    named = {name: decode(value) for name, value in request["named"]}
    with Captured():
        library.create(positional, named)
    number = len(LIBRARIES) + 1
    LIBRARIES[number] = library
    return library.describe(number)


def op_run(request):
    library = LIBRARIES[request["lib"]]
    positional = [decode(value) for value in request["args"]]
    named = {name: decode(value) for name, value in request["named"]}
    with Captured():
        return [encode(finished(library.run(request["keyword"], positional, named)))]


def op_convert(request):
    import farm_types
    return [encode(farm_types.CONVERTERS[request["converter"]](decode(request["value"])))]


def op_variables(request):
    import farm_variables
    with Captured():
        return farm_variables.read(request["name"], [decode(value) for value in request["args"]])


def op_object(request):
    target = OBJECTS[request["o"]]
    args = [decode(value) for value in request.get("args", ())]
    what = request["do"]
    if what == "get":
        return [encode(getattr(target, args[0]))]
    if what == "set":
        return [setattr(target, args[0], args[1])]
    if what == "call":
        with Captured():
            return [encode(finished(target(*args, **{name: decode(value) for name, value in request["named"]})))]
    if what == "setitem":
        target[args[0]] = args[1]
        return [None]
    if what == "item":
        return [encode(target[args[0]])]
    if what == "items":
        return [encode([item for item, _ in zip(target, range(LIMIT_OF_ITEMS))])]
    return [{"str": lambda: clean(str(target)), "repr": lambda: clean(repr(target)), "len": lambda: len(target),
             "true": lambda: bool(target), "equal": lambda: bool(target == args[0]), "hash": lambda: hash(target),
             "contains": lambda: args[0] in target}[what]()]


def op_event(request):
    import farm_listeners
    return farm_listeners.notify(request)


def op_listen(request):
    import farm_listeners
    return farm_listeners.add(request)


def serve(request):
    WIRE.busy += 1
    try:
        answer = {"answer": request["id"], "value": globals()["op_" + request["op"]](request)}
    except SystemExit as error:
        answer = {"answer": request["id"], "error": error_of(RuntimeError(f"SystemExit: {error}"))}
    except BaseException as error:
        answer = {"answer": request["id"], "error": error_of(error)}
    finally:
        WIRE.busy -= 1
    WIRE.send(answer)


def interrupted(*unused):
    if WIRE.busy:
        raise Interrupted("Execution was interrupted.")


def main():
    signal.signal(signal.SIGUSR1, interrupted)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            serve(WIRE.inbox.get())
        except Interrupted:
            continue


HOST = sys.modules[__name__]
sys.modules["farm_host"] = HOST
if __name__ == "__main__":
    main()
