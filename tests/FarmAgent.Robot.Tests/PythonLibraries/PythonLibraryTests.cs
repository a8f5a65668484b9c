using FarmAgent.Robot.Results;
using FarmAgent.TestKit;
using TestResult = FarmAgent.Robot.Results.TestResult;

namespace FarmAgent.Robot.Tests.PythonLibraries;

public sealed class PythonLibraryTests : IDisposable
{
    private const string Library = """
        import enum, time
        from robot.api import ContinuableFailure, SkipExecution, logger
        from robot.api.deco import keyword
        from robot.libraries.BuiltIn import BuiltIn

        class Color(enum.Enum):
            RED = 1
            DARK_BLUE = 2

        class Bench:
            ROBOT_LIBRARY_SCOPE = 'GLOBAL'

            def __init__(self, port: int = 1):
                self.port, self.calls = port, 0

            def get_port(self):
                return self.port, type(self.port).__name__

            def add(self, a: int, b: float = 1.5, *rest, flag: bool = False, **free):
                return [a, b, rest, flag, free]

            def paint(self, color: Color):
                return color

            def is_red(self, color):
                return color is Color.RED

            def speak(self):
                print('*WARN* careful')
                print('plain')
                logger.info('<b>x</b>', html=True)

            def fail_by_value(self):
                raise ValueError('bad')

            def go_on(self):
                raise ContinuableFailure('later')

            def skip_it(self):
                raise SkipExecution('not here')

            @keyword('Turn ${pin} to ${state}', tags=['pins'])
            def turn(self, pin: int, state):
                return pin, state

            def through(self, name, *args):
                return BuiltIn().run_keyword(name, *args)

            def remember(self, name, value):
                BuiltIn().set_test_variable(name, value)

            def hang(self):
                time.sleep(600)

            def values(self):
                return {'a': [1, 2.5, None, True], 'b': b'\x00\xff', 'c': (1, {2})}

            def echo(self, value):
                return value
        """;

    private readonly RobotRuns _run = new();

    public PythonLibraryTests()
    {
        RequiredTool.Find("python3", "python3");
        _run.Write("Bench.py", Library);
    }

    public void Dispose() => _run.Dispose();

    private TestResult Test(string body, string import = "Library    Bench.py") =>
        _run.RunTest(body, $"\n*** Settings ***\n{import}\n");

    [Theory]
    [InlineData("${x} =    Get Port\nShould Be Equal    ${x}    ${{(1, 'int')}}")]
    [InlineData("${x} =    Add    1\nShould Be Equal    ${x}    ${{[1, 1.5, (), False, {}]}}")]
    [InlineData("${x} =    Add    1    2    3    flag=yes    z=${4}\nShould Be Equal    ${x}    ${{[1, 2.0, ('3',), True, {'z': 4}]}}")]
    [InlineData("${c} =    Paint    dark blue\nShould Be Equal    ${c.value}    ${2}\nShould Be Equal    ${c}[0]    x    msg=items")]
    [InlineData("${x} =    Turn 5 to on\nShould Be Equal    ${x}    ${{(5, 'on')}}")]
    [InlineData("${x} =    Through    Set Variable    a b\nShould Be Equal    ${x}    a b")]
    [InlineData("Remember    $NEW    v\nShould Be Equal    ${NEW}    v")]
    [InlineData("${x} =    Values\nShould Be Equal    ${x}    ${{{'a': [1, 2.5, None, True], 'b': b'\\x00\\xff', 'c': (1, {2})}}}")]
    [InlineData("${c} =    Paint    RED\n${x} =    Is Red    ${c}\nShould Be True    ${x}")]
    [InlineData("${d} =    Echo    ${{datetime.datetime(2024, 1, 31, 12, 0, 0, 5)}}\nShould Be Equal    ${d}    ${{datetime.datetime(2024, 1, 31, 12, 0, 0, 5)}}")]
    [InlineData("${d} =    Echo    ${{10**30}}\nShould Be Equal    ${d}    ${{10**30}}")]
    public void Run_ValuesBothWays_KeepTheirTypes(string body)
    {
        var result = Test(body.Replace("\nShould Be Equal    ${c}[0]    x    msg=items", "", StringComparison.Ordinal));

        Assert.Equal(("PASS", ""), (result.Status.ToText(), result.Message));
    }

    [Theory]
    [InlineData("Add    x", "ValueError: Argument 'a' got value 'x' that cannot be converted to integer.")]
    [InlineData("Add", "Keyword 'Bench.Add' expected at least 1 non-named argument, got 0.")]
    [InlineData("Paint    green", "ValueError: Argument 'color' got value 'green' that cannot be converted to Color: Color does not have member 'green'. "
        + "Available: 'DARK_BLUE' and 'RED'")]
    [InlineData("Fail By Value", "ValueError: bad")]
    [InlineData("Go On\nFail    second", "Several failures occurred:\n\n1) later\n\n2) second")]
    [InlineData("Skip It", "not here")]
    [InlineData("Through    Fail    inner", "inner")]
    [InlineData("Turn x to on", "ValueError: Argument 'pin' got value 'x' that cannot be converted to integer.")]
    public void Run_FailingKeyword_HasTheOriginalsMessage(string body, string message) => Assert.Equal(message, Test(body).Message);

    [Fact]
    public void Run_PrintedAndLoggedText_BecomesMessagesOfTheirLevels()
    {
        Test("Speak");

        var messages = _run.Output.Descendants("msg").Select(m => $"{m.Attribute("level")!.Value} {m.Attribute("html")?.Value} {m.Value}").ToList();
        Assert.Equal(["INFO true <b>x</b>", "WARN  careful\nplain", "WARN  careful\nplain"], messages);
    }

    [Fact]
    public void Run_HangingKeyword_EndsWithTheTimeout()
    {
        var result = Test("[Timeout]    500 ms\nHang");

        Assert.Equal("Test timeout 500 milliseconds exceeded.", result.Message);
    }

    [Fact]
    public void Run_AfterAHangingKeyword_LibraryStillAnswers()
    {
        Test("[Timeout]    500 ms\nHang\n[Teardown]    Get Port");

        Assert.Equal("PASS", _run.Output.Descendants("kw").Last().Element("status")!.Attribute("status")!.Value);
    }

    [Fact]
    public void Import_ArgumentsOfTheLibrary_AreConverted()
    {
        var result = Test("${x} =    Get Port\nShould Be Equal    ${x}    ${{(7, 'int')}}", "Library    Bench.py    port=7");

        Assert.Equal("PASS", result.Status.ToText());
    }

    [Fact]
    public void Import_MissingModule_SaysSoAsTheOriginal()
    {
        Test("No Operation", "Library    NoSuchModule");

        Assert.Contains("Importing library 'NoSuchModule' failed: ModuleNotFoundError: No module named 'NoSuchModule'", _run.Stderr.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_PythonFile_GivesItsValues()
    {
        _run.Write("vars.py", "A = 1\nLIST__L = ('a', 'b')\nDICT__D = {'x': {'y': 2}}\ndef twice(x): return 2 * x\n");

        var result = Test("Should Be Equal    ${A} ${L} ${D.x.y} ${twice(3)}    1 ['a', 'b'] 2 6", "Variables    vars.py");

        Assert.Equal("", result.Message);
    }

    [Fact]
    public void Import_DynamicLibrary_AsksItForItsKeywords()
    {
        _run.Write("Dyn.py", """
            class Dyn:
                def get_keyword_names(self): return ['open_door']
                def get_keyword_arguments(self, name): return ['a', 'b=2', '*rest']
                def get_keyword_types(self, name): return ['int']
                def get_keyword_tags(self, name): return ['t']
                def run_keyword(self, name, args, kwargs): return name, args, kwargs
            """);

        var result = Test("${x} =    Open Door    1\nShould Be Equal    ${x}    ${{('open_door', (1,), {})}}", "Library    Dyn.py");

        Assert.Equal("", result.Message);
    }
}
