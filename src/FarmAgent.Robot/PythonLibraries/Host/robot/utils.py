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
