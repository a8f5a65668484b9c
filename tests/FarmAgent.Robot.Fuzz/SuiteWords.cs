namespace FarmAgent.Robot.Fuzz;

/// <summary>Cells that are likely to hurt.</summary>
internal static class SuiteWords
{
    public static IReadOnlyList<string> Values { get; } =
    [
        "FOR", "WHILE", "IF", "ELSE IF", "ELSE", "TRY", "EXCEPT", "FINALLY", "END", "BREAK", "CONTINUE", "RETURN", "GROUP", "VAR", "AS",
        "IN", "IN RANGE", "IN ENUMERATE", "IN ZIP", "limit=NONE", "limit=3", "limit=-1", "limit=1e400 s", "on_limit=pass", "mode=STRICT", "fill=${None}", "start=x",
        "[Tags]", "[Setup]", "[Teardown]", "[Timeout]", "[Arguments]", "[Return]", "[Template]", "[Documentation]", "[Metadata]", "*** Keywords ***",
        "*** Test Cases ***", "*** Settings ***", "*** Variables ***", "*** Tasks ***", "...", "|", "#", "\\", "${", "}", "${}", "@{}", "&{}", "%{}", "${${x}}", "${x}[",
        "${x: int}", "${x: list[int]}", "${x: Literal['a']} =", "${x: dict[str, int | None]}", "${{", "${{}}", "${{[]}}[0]", "${{'x' * 1000}}", "${{10 ** 400}}", "${{1e308 * 10}}",
        "${{lambda: 1}}", "${{range(10 ** 12)}}", "@{{{range(10 ** 12)}}}", "@{{{range(5)}}}", "&{{{{1: 2}}}}", "${{(i for i in [1])}}", "${{float('nan')}}", "${{b'\\xff'}}", "${{__import__('os')}}",
        "${{[].append([])}}", "${{{}.setdefault('a', {})}}", "${{'{:>1000000000}'.format(1)}}", "${{'%0999999999d' % 1}}", "${{(lambda f: f(f))(lambda f: f(f))}}", "${{re.match('(a+)+$', 'a' * 40 + 'b')}}",
        "${{'a'.join(['b'] * 10 ** 9)}}", "${{1 << 10 ** 9}}", "${{int('9' * 5000)}}", "${{[0] * 10 ** 10}}", "${{sum(range(10 ** 10))}}", "${{datetime.datetime.max + datetime.timedelta(1)}}",
        "${EMPTY}", "${SPACE}", "${None}", "${True}", "${1}", "${-1}", "${1.5}", "${0x}", "${0b2}", "${1e999}", "${TEST_NAME}", "${SUITE_METADATA}", "${PREV_TEST_STATUS}", "@{TEST_TAGS}", "%{HOME}", "${OPTIONS}",
        "\\n", "\\x", "\\xZZ", "\\u12", "\\U00110000", "\\${x}", "\\", "\u00a0", "a=b", "=", "==", "name=", "${x}=1", "&{d}=1", "-1 second", "1e309s", "1 day 25 hours", "00:00:-1", "99999999999999999999 days",
        "Run Keyword", "Run Keywords", "Run Keyword If", "Run Keyword And Return", "Run Keyword And Continue On Failure", "Run Keyword And Expect Error", "Repeat Keyword", "5 times", "9999999999x",
        "Wait Until Keyword Succeeds", "Return From Keyword", "Pass Execution", "Pass Execution If", "Exit For Loop", "Continue For Loop", "Fatal Error", "Fail", "Skip", "Set Suite Variable", "children=yes", "Set Global Variable",
        "Set Test Variable", "Set Local Variable", "Set Tags", "Remove Tags", "Set Test Message", "append=yes", "Set Test Documentation", "Set Suite Metadata", "Reload Library", "Import Library", "Import Resource", "Import Variables", "Get Library Instance",
        "Keyword Should Exist", "Set Library Search Order", "Get Variables", "Log Variables", "Variable Should Exist", "Get Variable Value", "Call Method", "Evaluate", "Should Be True", "Should Match Regexp", "(?P<x>a)(?(x)b|c)", "[", "(", "(?<=a+)b",
        "Convert To Integer", "Convert To Bytes", "Convert To Number", "Convert To Binary", "Length Should Be", "Get Count", "Should Contain Any", "Log To Console", "Log Many", "Catenate", "SEPARATOR=", "Create Dictionary", "Create List", "Set Log Level", "TRACE",
        "robot:skip", "robot:exclude", "robot:private", "robot:flatten", "robot:recursive-continue-on-failure", "robot:no-dry-run", "-tag", "tagANDother", "*HTML*<b>", "*DEPRECATED*", "Library", "Resource", "Variables", "Suite Setup", "Test Template", "Task Setup",
        "Given", "When", "language: de", "Language: fi", "${x} ${y} =", "${x}[a]=", "${x.y} =", "@{x: int} =", "${SHARED}", "Shared Keyword", "common.resource", "values.yaml", "suite.robot", "/", ".", "WITH NAME", "NONE",
    ];
}
