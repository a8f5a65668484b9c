using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Running;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Tests.Expressions;

public sealed class BoundedEvaluationTests
{
    [Theory]
    [InlineData("'a' * 10 ** 12")]
    [InlineData("[0] * 10 ** 10")]
    [InlineData("9 ** 9 ** 9")]
    [InlineData("1 << 10 ** 12")]
    [InlineData("sum(range(10 ** 12))")]
    [InlineData("list(range(10 ** 11))")]
    [InlineData("[x for x in range(10 ** 9)]")]
    [InlineData("(lambda f: f(f))(lambda f: f(f))")]
    [InlineData("'{:>999999999}'.format(1)")]
    [InlineData("f'{1:0999999999}'")]
    [InlineData("bytes(10 ** 11)")]
    [InlineData("'a'.center(10 ** 11)")]
    [InlineData("list(itertools.count())")]
    public void Evaluate_ExpressionWithoutLimit_Fails(string expression) =>
        Assert.Throws<VariableSyntaxException>(() => Evaluate(expression));

    [Theory]
    [InlineData("open('/etc/passwd')", "NameError")]
    [InlineData("__import__('os')", "NameError")]
    [InlineData("eval('1')", "NameError")]
    [InlineData("exec('1')", "NameError")]
    [InlineData("os.system('true')", "AttributeError")]
    [InlineData("os.listdir('/')", "AttributeError")]
    [InlineData("os.path.exists('/')", "AttributeError")]
    [InlineData("subprocess.run('true')", "NameError")]
    [InlineData("pathlib.Path('/etc/passwd').read_text()", "AttributeError")]
    public void Evaluate_InputOrOutput_IsNotThere(string expression, string type)
    {
        var error = Assert.Throws<VariableSyntaxException>(() => Evaluate(expression));
        Assert.Contains(type, error.Message, StringComparison.Ordinal);
    }

    private static object? Evaluate(string expression)
    {
        var evaluator = new ExpressionEvaluator(new SystemRobotClock(TimeProvider.System));
        return evaluator.Evaluate(expression, new VariableSet(evaluator));
    }
}
