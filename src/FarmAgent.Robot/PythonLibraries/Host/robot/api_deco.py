"""Marks functions as keywords and classes as libraries."""


def not_keyword(function):
    function.robot_not_keyword = True
    return function


not_keyword.robot_not_keyword = True


@not_keyword
def keyword(name=None, tags=(), types=()):
    def mark(function):
        function.robot_name, function.robot_tags, function.robot_types = (None if callable(name) else name), tags, types
        return function

    return mark(name) if callable(name) else mark


@not_keyword
def library(scope=None, version=None, converters=None, doc_format=None, listener=None, auto_keywords=False):
    def mark(kind):
        given = {"SCOPE": None if isinstance(scope, type) else scope, "VERSION": version, "CONVERTERS": converters,
                 "DOC_FORMAT": doc_format, "LISTENER": listener}
        for name, value in given.items():
            if value is not None:
                setattr(kind, f"ROBOT_LIBRARY_{name}", value)
        kind.ROBOT_AUTO_KEYWORDS = auto_keywords
        return kind

    return mark(scope) if isinstance(scope, type) else mark
