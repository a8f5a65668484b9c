using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Running;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Tests.Expressions;

public sealed class RecordedExpressionTests
{
    [Fact]
    public void Evaluate_RecordedExpressions_GiveTheRecordedResults()
    {
        var evaluator = new ExpressionEvaluator(new SystemRobotClock(TimeProvider.System));
        var rows = Recordings.Read("Expressions/expressions.jsonl").ToList();
        Assert.True(rows.Count > 800);
        foreach (var row in rows)
        {
            // Each in turn, so that the message names the expression.
            Assert.Equal(
                $"{row.Text("expression")} {row.Text("result")}", $"{row.Text("expression")} {Evaluate(evaluator, row.Text("expression"))}");
        }
    }

    private static string Evaluate(ExpressionEvaluator evaluator, string expression)
    {
        var variables = new VariableSet(evaluator);
        variables["${x}"] = "abc";
        variables["${n}"] = 5L;
        variables["@{l}"] = new PyList([1L, 2L, 3L]);
        variables["&{d}"] = new PyDict([new("a", 1L)]);
        try
        {
            return "= " + PyText.Repr(evaluator.Evaluate(expression, variables));
        }
        catch (VariableSyntaxException error)
        {
            return "! " + error.Message;
        }
    }
}
