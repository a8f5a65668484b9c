"""Types that arguments may have."""


class Secret:
    """A value that is shown only as <secret>."""

    def __init__(self, value):
        self.value = value

    def __str__(self):
        return "<secret>"

    def __repr__(self):
        return "Secret(value=<secret>)"


class KeywordName(str):
    """Type of arguments that are names of keywords."""


class KeywordArgument(str):
    """Type of arguments that belong to another keyword."""


class TypeInfo:
    """Converts values as arguments are converted."""

    def __init__(self, name):
        self.name = name

    @classmethod
    def from_type_hint(cls, hint):
        if isinstance(hint, str):
            return cls(hint)
        return cls(getattr(hint, "__name__", None) or str(hint))

    from_type = from_string = from_type_hint

    def convert(self, value, name=None, custom_converters=None, languages=None, kind="Argument", allow_unknown=False):
        return _host.WIRE.ask({"want": "convert", "type": self.name, "value": _host.encode(value), "name": name, "kind": kind})

    def __str__(self):
        return self.name
