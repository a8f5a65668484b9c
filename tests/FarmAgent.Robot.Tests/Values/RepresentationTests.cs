using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Tests.Values;

public sealed class RepresentationTests
{
    [Fact]
    public void Repr_RandomNestedValues_EqualsPython() => Compare("repr", PyText.Repr);

    [Fact]
    public void Ascii_RandomNestedValues_EqualsPython() => Compare("ascii", PyText.Ascii);

    [Fact]
    public void Pretty_RandomNestedValues_EqualsPython() => Compare("pretty", PyPrettyText.Of);

    [Fact]
    public void Truth_RandomNestedValues_EqualsPython()
    {
        foreach (var row in Recordings.Read("Values/representations.jsonl"))
        {
            Assert.Equal(row.GetProperty("truth").GetBoolean(), PyTruth.Of(TaggedValues.Read(row.GetProperty("value"))));
        }
    }

    private static void Compare(string name, Func<object?, string> represent)
    {
        var rows = Recordings.Read("Values/representations.jsonl").ToList();
        Assert.True(rows.Count >= 600);
        foreach (var row in rows)
        {
            Assert.Equal(row.Text(name), represent(TaggedValues.Read(row.GetProperty("value"))));
        }
    }
}
