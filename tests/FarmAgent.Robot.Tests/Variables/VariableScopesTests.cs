using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Running;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Tests.Variables;

public sealed class VariableScopesTests
{
    private readonly VariableScopes _scopes = new(new ExpressionEvaluator(new SystemRobotClock(TimeProvider.System)));

    [Fact]
    public void StartKeyword_LocalOfCaller_IsNotSeen()
    {
        _scopes.StartSuite();
        _scopes.StartTest();
        _scopes.SetLocal("${local}", "caller");
        _scopes.StartKeyword();
        Assert.Throws<VariableSyntaxException>(() => _scopes["${local}"]);
    }

    [Fact]
    public void SetTest_InKeyword_IsSeenByTestAndNextKeyword()
    {
        _scopes.StartSuite();
        _scopes.StartTest();
        _scopes.StartKeyword();
        _scopes.SetTest("${value}", 1L);
        _scopes.EndKeyword();
        _scopes.StartKeyword();
        Assert.Equal(1L, _scopes["${value}"]);
    }

    [Fact]
    public void SetTest_InSuiteSetup_IsHiddenFromTests()
    {
        _scopes.StartSuite();
        _scopes.SetTest("${value}", "suite level");
        _scopes.StartTest();
        Assert.Throws<VariableSyntaxException>(() => _scopes["${value}"]);
    }

    [Fact]
    public void SetTest_InSuiteSetup_IsSeenInSuiteTeardown()
    {
        _scopes.StartSuite();
        _scopes.SetTest("${value}", "suite level");
        _scopes.StartTest();
        _scopes.EndTest();
        Assert.Equal("suite level", _scopes["${value}"]);
    }

    [Fact]
    public void SetSuite_WithoutChildren_IsNotSeenByChildSuite()
    {
        _scopes.StartSuite();
        _scopes.SetSuite("${value}", 1L);
        _scopes.StartSuite();
        Assert.Throws<VariableSyntaxException>(() => _scopes["${value}"]);
    }

    [Fact]
    public void SetSuite_WithChildren_IsSeenByChildSuite()
    {
        _scopes.StartSuite();
        _scopes.SetSuite("${value}", 1L, children: true);
        _scopes.StartSuite();
        Assert.Equal(1L, _scopes["${value}"]);
    }

    [Fact]
    public void SetGlobal_InTest_IsSeenByLaterSuite()
    {
        _scopes.StartSuite();
        _scopes.StartTest();
        _scopes.SetGlobal("@{value}", new Robot.Values.PyList([1L]));
        _scopes.EndTest();
        _scopes.EndSuite();
        _scopes.StartSuite();
        Assert.Equal("[1]", _scopes.ReplaceString("${value}"));
    }

    [Fact]
    public void SetBuiltIn_SuiteDefinesSameName_SuiteWins()
    {
        _scopes.SetBuiltIn("${TEMPDIR}", "/tmp");
        _scopes.StartSuite();
        _scopes.SetFromSection([new VariableDefinition("${TEMPDIR}", ["/own"])]);
        Assert.Equal("/own", _scopes["${TEMPDIR}"]);
    }

    [Fact]
    public void SetFromSection_CircularDefinition_IsReported()
    {
        var errors = new List<string>();
        _scopes.StartSuite();
        _scopes.SetFromSection(
        [
            new VariableDefinition("${a}", ["${b}"]) { ReportError = errors.Add }, new VariableDefinition("${b}", ["${a}"]) { ReportError = errors.Add },
        ]);
        _scopes.ResolveDelayed();
        Assert.Contains(errors, error => error.Contains("Recursive variable definition.", StringComparison.Ordinal));
    }
}
