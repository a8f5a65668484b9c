using System.Numerics;
using FarmAgent.Robot.Expressions;
using FarmAgent.Robot.Running;
using FarmAgent.Robot.Values;
using FarmAgent.Robot.Variables;

namespace FarmAgent.Robot.Tests.Variables;

public sealed class RecordedReplacementTests
{
    [Fact]
    public void ReplaceScalar_RecordedTexts_GiveTheRecordedValues() => Compare("scalar", (variables, text) => variables.ReplaceScalar(text));

    [Fact]
    public void ReplaceString_RecordedTexts_GiveTheRecordedValues() => Compare("string", (variables, text) => variables.ReplaceString(text));

    [Fact]
    public void ReplaceList_RecordedTexts_GiveTheRecordedValues() =>
        Compare("list", (variables, text) => new PyList(variables.ReplaceList([text])));

    private static void Compare(string kind, Func<VariableSet, string, object?> replace)
    {
        Environment.SetEnvironmentVariable("FARM_TEST_ENV", "from env");
        foreach (var row in Recordings.Read("Variables/replacements.jsonl"))
        {
            var text = row.Text("text");
            string result;
            try
            {
                result = "= " + PyText.Repr(replace(Create(), text));
            }
            catch (VariableSyntaxException error)
            {
                result = "! " + error.Message;
            }

            Assert.Equal($"{text} {Neutral(row.Text(kind))}", $"{text} {Neutral(result)}");
        }
    }

    // Addresses of objects differ, and so do the environment variables of the machine that look similar.
    private static string Neutral(string text) => text.Contains("Environment variable", StringComparison.Ordinal)
        ? text.Split(" not found")[0]
        : text.Split(" at 0x")[0];

    private static VariableSet Create()
    {
        var variables = new VariableSet(new ExpressionEvaluator(new SystemRobotClock(TimeProvider.System)));
        variables["${x}"] = "abc";
        variables["${n}"] = 5L;
        variables["@{l}"] = new PyList([1L, 2L, 3L]);
        variables["&{d}"] = new PyDict([new("a", 1L), new("b", "two")]);
        variables["${nested_5}"] = "deep";
        variables["@{nl}"] = new PyList([1L, new PyList(["p", "q"])]);
        variables["&{nd}"] = new PyDict([new("k", new PyDict([new("y", 1L)]))]);
        variables["${bytes}"] = new byte[] { (byte)'a', 0xff };
        variables["${none}"] = null;
        variables["${f}"] = 1.5;
        variables["${big}"] = BigInteger.Pow(10, 20);
        variables["${tuple}"] = new PyTuple(1L, "a");
        variables["${abc}"] = "joined";
        return variables;
    }
}
