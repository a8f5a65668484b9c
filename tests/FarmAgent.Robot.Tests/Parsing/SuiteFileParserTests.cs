using CsCheck;
using FarmAgent.Robot.Building;
using FarmAgent.Robot.Lexing;
using FarmAgent.Robot.Parsing;

namespace FarmAgent.Robot.Tests.Parsing;

public sealed class SuiteFileParserTests
{
    private static readonly string[] Cells =
    [
        "*** Settings ***", "*** Test Cases ***", "*** Keywords ***", "*** Variables ***", "*** Odd ***", "***", "FOR", "IN", "IN ZIP", "IN RANGE", "END",
        "IF", "ELSE", "ELSE IF", "TRY", "EXCEPT", "AS", "FINALLY", "WHILE", "GROUP", "VAR", "RETURN", "BREAK", "CONTINUE", "[Tags]", "[Arguments]",
        "[Template]", "[]", "[", "Library", "Test Template", "Documentation", "${x}", "${x} =", "@{l}", "&{d}=", "${x: int}", "${", "=", "limit=1", "...", "#",
        "", "\\", "Language: fi", "Kw", "${{}}", "${x}[0]", "separator=-", "type=GLOB", "scope=SUITE",
    ];

    [Fact]
    public void Parse_AnyRows_NeverThrows()
    {
        string[] starts = ["", "    ", "| "];
        var cell = Gen.Int[0, Cells.Length - 1].Select(i => Cells[i]);
        var row = Gen.Select(cell.Array[0, 5], Gen.Int[0, starts.Length - 1], (cells, start) => starts[start] + string.Join("    ", cells));
        row.Array[0, 25].Sample(rows =>
        {
            var file = SuiteFileParser.Parse(string.Join('\n', rows), "/x.robot", FileKind.Suite, new Languages(), "/");
            Assert.All(file.Problems, problem => Assert.InRange(problem.Line, 1, rows.Length));
        });
    }

    [Theory]
    [InlineData("FOR    ${i}    IN    1\n    END", "FOR loop cannot be empty.")]
    [InlineData("FOR    i    IN    1\n    Log\n    END", "Invalid FOR loop variable 'i'.")]
    [InlineData("IF    1\n    Log", "IF must have closing END.")]
    [InlineData("TRY\n    Log\n    END", "TRY structure must have EXCEPT or FINALLY branch.")]
    [InlineData("WHILE    1    2\n    Log\n    END", "WHILE accepts only one condition, got 2 conditions '1' and '2'.")]
    [InlineData("GROUP\n    END", "GROUP cannot be empty.")]
    [InlineData("VAR    x    1", "Invalid variable name 'x'.")]
    [InlineData("END", "END is not allowed in this context.")]
    public void Parse_WrongStructure_KeepsTheErrorInTheStep(string body, string error) => Assert.Equal(error, ReadTest(body).Body[0].Error);

    [Fact]
    public void Parse_TemplateInFile_MakesRowsOfData()
    {
        var file = SuiteFileParser.Parse(
            "*** Test Cases ***\nT\n    a    b\n*** Settings ***\nTest Template    Kw", "/x.robot", FileKind.Suite, new Languages());
        var row = Assert.IsType<KeywordCall>(Assert.Single(file.Tests[0].Body));
        Assert.Equal(["a", "b"], row.Arguments);
    }

    [Fact]
    public void Parse_InlineIfWithAssign_GetsAnImplicitElse()
    {
        var step = Assert.IsType<IfStep>(ReadTest("${x} =    IF    1    Kw    a").Body[0]);
        Assert.Equal(["IF", "ELSE"], step.Branches.Select(branch => branch.Type));
        Assert.Equal("BuiltIn.Set Variable", Assert.IsType<KeywordCall>(step.Branches[1].Body[0]).Name);
    }

    [Theory]
    [InlineData((int)FileKind.Suite, "Setting 'Arguments' is not allowed in suite file.")]
    [InlineData((int)FileKind.Resource, "Setting 'Arguments' is not allowed in resource file.")]
    [InlineData((int)FileKind.Init, "Setting 'Arguments' is not allowed in suite initialization file.")]
    public void Parse_SettingOfAnotherPlace_SaysWhere(int kind, string error) => Assert.Equal(
        error, Assert.Single(SuiteFileParser.Parse("*** Settings ***\nArguments    x", "/x.robot", (FileKind)kind, new Languages()).Problems).Text);

    private static NamedBlock ReadTest(string body) =>
        Assert.Single(SuiteFileParser.Parse($"*** Test Cases ***\nT\n    {body}", "/x.robot", FileKind.Suite, new Languages()).Tests);
}
