using System.Text;

namespace FarmAgent.Robot.Fuzz;

/// <summary>Grows suites from a grammar: blocks nest, keywords call each other, and every row may be wrong in its own way.</summary>
internal sealed class SuiteGenerator
{
    private const int MaxDepth = 5;

    private static readonly string[] Keywords =
    [
        "Log", "No Operation", "Set Variable", "Should Be Equal", "Should Contain", "Evaluate", "Create List", "Create Dictionary", "Run Keyword", "Run Keyword If", "Run Keyword And Ignore Error", "Own A", "Own B", "Own ${x} embedded",
        "Fail", "Skip If", "Pass Execution", "Length Should Be", "Convert To Integer", "Catenate", "Set Test Variable", "Repeat Keyword", "Wait Until Keyword Succeeds", "Get Length", "Should Be True", "Split String", "Sort List", "Append To List",
    ];

    private static readonly string[] Atoms =
        ["1", "a", "${x}", "${y}", "@{list}", "&{dict}", "${x}[0]", "${dict}[k]", "${{1 + 1}}", "${{$x}}", "${EMPTY}", "k=v", "text ${x} more", "${list}", "$x == 1", "${None}", "\\n", "3x", "2 times", "0s", "${1.5}"];

    private readonly StringBuilder _text = new();
    private readonly Random _random;

    private SuiteGenerator(Random random) => _random = random;

    public static string Generate(Random random)
    {
        var generator = new SuiteGenerator(random);
        generator.Suite();
        return generator._text.ToString();
    }

    private void Suite()
    {
        _text.Append("*** Settings ***\nLibrary    Collections\nLibrary    String\nResource    common.resource\n");
        if (_random.Next(3) == 0)
        {
            Row(0, Pick("Suite Setup", "Test Setup", "Test Teardown", "Suite Teardown", "Test Template", "Test Tags", "Test Timeout", "Keyword Tags", "Metadata"), Call());
        }

        _text.Append("*** Variables ***\n${x}    1\n${y}    ${x}b\n@{list}    1    ${x}    c\n&{dict}    k=v    l=${list}\n*** Test Cases ***\n");
        for (var i = 0; i <= _random.Next(4); i++)
        {
            _text.Append($"Test {i}\n");
            Settings(isTest: true);
            Body(1);
        }

        _text.Append("*** Keywords ***\n");
        foreach (var name in (string[])["Own A", "Own B", "Own ${x} embedded"])
        {
            _text.Append($"{name}\n");
            Settings(isTest: false);
            Body(1);
        }
    }

    private void Settings(bool isTest)
    {
        if (_random.Next(4) == 0)
        {
            Row(1, Pick("[Setup]", "[Teardown]"), Call());
        }

        if (_random.Next(6) == 0)
        {
            Row(1, "[Timeout]", Pick("1s", "10ms", "${x}", "NONE", "bad"));
        }

        if (_random.Next(6) == 0)
        {
            Row(1, isTest ? "[Template]" : "[Arguments]", isTest ? Pick(Keywords) : Pick("${a}=1    @{rest}", "${a}", "@{k}    ${named}=2    &{free}", "${x: int}=3"));
        }

        if (_random.Next(6) == 0)
        {
            Row(1, "[Tags]", Pick("robot:continue-on-failure", "robot:flatten", "a    b", "robot:recursive-stop-on-failure"));
        }
    }

    private void Body(int depth)
    {
        for (var i = 0; i <= _random.Next(4); i++)
        {
            Statement(depth);
        }
    }

    private void Statement(int depth)
    {
        var kind = depth > MaxDepth ? 9 : _random.Next(16);
        switch (kind)
        {
            case 0:
                Row(depth, "FOR", Pick("${i}", "${x}    ${y}"), Pick("IN", "IN RANGE", "IN ENUMERATE", "IN ZIP"), Pick("3", "@{list}", "&{dict}", "1    10    3", "${list}    ${list}", "0.1    0.5    0.1"), Pick("", "", "mode=LONGEST", "start=2"));
                Block(depth);
                break;
            case 1:
                Row(depth, "WHILE", Pick("True", "$x < 3", "${x}", ""), Pick("limit=3", "limit=3    on_limit=pass", "limit=10ms", "limit=2x"));
                Block(depth);
                break;
            case 2:
                Row(depth, "IF", Atom());
                Body(depth + 1);
                if (_random.Next(2) == 0)
                {
                    Row(depth, Pick("ELSE", "ELSE IF    ${x}"));
                    Body(depth + 1);
                }

                End(depth);
                break;
            case 3:
                Row(depth, "TRY");
                Body(depth + 1);
                Row(depth, Pick("EXCEPT", "EXCEPT    *    type=GLOB    AS    ${e}", "FINALLY", "EXCEPT    ${x}"));
                Block(depth);
                break;
            case 4:
                Row(depth, "GROUP", Atom());
                Block(depth);
                break;
            case 5:
                Row(depth, "VAR", Pick("${x}", "@{list}", "&{dict}", "${x: int}"), Atom(), Pick("", "scope=SUITE", "scope=GLOBAL", "separator=-"));
                break;
            case 6:
                Row(depth, Pick("BREAK", "CONTINUE", "RETURN", "RETURN    ${x}"));
                break;
            case 7:
                Row(depth, "IF", Atom(), Call(), Pick("", "ELSE    " + Call()));
                break;
            case 8:
                Row(depth, Pick("${x} =", "@{list} =", "&{dict}=", "${x}    ${y} =", "${list}[0] =", "${dict.k} ="), Call());
                break;
            default:
                Row(depth, Call());
                break;
        }
    }

    private void Block(int depth)
    {
        Body(depth + 1);
        End(depth);
    }

    private void End(int depth)
    {
        if (_random.Next(40) != 0)
        {
            Row(depth, "END");
        }
    }

    private string Call() => string.Join("    ", Enumerable.Range(0, _random.Next(4)).Select(_ => _random.Next(6) == 0 ? Pick(Keywords) : Atom()).Prepend(Pick(Keywords)));

    private string Atom() => Pick(Atoms);

    private string Pick(params string[] items) => items[_random.Next(items.Length)];

    private void Row(int depth, params string[] cells) =>
        _text.Append(' ', depth * 4).AppendJoin("    ", cells.Where(cell => cell.Length > 0)).Append('\n');
}
