"""Assertions that libraries use in their own code."""


def _fail(msg, default, values):
    raise AssertionError(default if not msg else f"{msg}: {default}" if values else msg)


def fail(msg=None):
    raise AssertionError(msg) if msg else AssertionError()


def assert_true(expr, msg=None):
    if not expr:
        fail(msg)


def assert_false(expr, msg=None):
    assert_true(not expr, msg)


def assert_none(obj, msg=None, values=True):
    if obj is not None:
        _fail(msg, f"{obj!r} is not None", values)


def assert_not_none(obj, msg=None, values=True):
    if obj is None:
        _fail(msg, "is None", values)


def assert_equal(first, second, msg=None, values=True, formatter=str):
    if not first == second:
        _fail(msg, _difference(first, second, "!="), values)


def assert_not_equal(first, second, msg=None, values=True, formatter=str):
    if first == second:
        _fail(msg, _difference(first, second, "=="), values)


def assert_almost_equal(first, second, places=7, msg=None, values=True):
    if round(second - first, places) != 0:
        _fail(msg, f"{first!r} != {second!r} within {places} places", values)


def assert_raises(exc_class, callable_obj, *args, **kwargs):
    try:
        callable_obj(*args, **kwargs)
    except exc_class as error:
        return error
    fail(f"{exc_class.__name__} not raised")


def _difference(first, second, sign):
    if str(first) == str(second) and type(first) is not type(second):
        return f"{first} ({type(first).__name__}) {sign} {second} ({type(second).__name__})"
    return f"{first} {sign} {second}"
