"""A few helpers that libraries use."""


class DotDict(dict):
    """A dictionary whose keys are attributes, too."""

    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name)

    def __setattr__(self, name, value):
        self[name] = value


def is_truthy(item):
    return item.upper() not in ("FALSE", "NO", "OFF", "0", "NONE", "") if isinstance(item, str) else bool(item)


def is_falsy(item):
    return not is_truthy(item)


def is_string(item):
    return isinstance(item, str)


def is_list_like(item):
    return not isinstance(item, (str, bytes, bytearray)) and hasattr(item, "__iter__")


def is_dict_like(item):
    return hasattr(item, "items") and hasattr(item, "keys")


def safe_str(item):
    return item if isinstance(item, str) else str(item)


def timestr_to_secs(timestr, round_to=3):
    from robot.api.types import TypeInfo
    return round(TypeInfo("timedelta").convert(timestr).total_seconds(), round_to)


def get_error_message():
    import sys
    return _host.message_of(sys.exc_info()[1])


def seq2str(sequence, quote="'", sep=", ", lastsep=" and "):
    items = [f"{quote}{item}{quote}" for item in sequence]
    return lastsep.join([sep.join(items[:-1]), items[-1]] if len(items) > 1 else items)


def seq2str2(sequence):
    return f"[ {' | '.join(safe_str(item) for item in sequence)} ]" if sequence else "[ ]"


def normalize(string, ignore=(), caseless=True, spaceless=True):
    string = "".join(string.split()) if spaceless else string
    string = string.casefold() if caseless else string
    for text in ignore:
        string = string.replace(text.casefold() if caseless else text, "")
    return string


def secs_to_timestr(secs, compact=False):
    units = [(86400, "day", "d"), (3600, "hour", "h"), (60, "minute", "min"), (1, "second", "s")]
    millis, parts = round(abs(secs) * 1000), []
    for size, name, short in units:
        count, millis = divmod(millis, size * 1000)
        if count:
            parts.append(f"{count}{short}" if compact else f"{count} {name}{'' if count == 1 else 's'}")
    if millis:
        parts.append(f"{millis}ms" if compact else f"{millis} millisecond{'' if millis == 1 else 's'}")
    return ("- " if secs < 0 else "") + " ".join(parts) if parts else "0s" if compact else "0 seconds"


class NormalizedDict(dict):
    """A dictionary whose keys are text without regard to case and spaces."""

    def __init__(self, initial=None, ignore=(), caseless=True, spaceless=True):
        super().__init__()
        self._normal, self._shown = (lambda key: normalize(key, ignore, caseless, spaceless)), {}
        for key, value in (initial.items() if hasattr(initial, "items") else initial or ()):
            self[key] = value

    def __setitem__(self, key, value):
        super().__setitem__(self._shown.setdefault(self._normal(key), key), value)

    def __getitem__(self, key):
        return super().__getitem__(self._shown.get(self._normal(key), key))

    def __delitem__(self, key):
        super().__delitem__(self._shown.pop(self._normal(key)))

    def __contains__(self, key):
        return self._normal(key) in self._shown

    def get(self, key, default=None):
        return self[key] if key in self else default
