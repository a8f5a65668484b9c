using FarmAgent.Robot.Fuzz;

namespace FarmAgent.Robot.Tests.Fuzzing;

/// <summary>A slice of <c>./build.sh fuzz robot</c>: the same suites at every run.</summary>
public sealed class MutatedSuiteTests
{
    private const int Count = 500;

    [Fact]
    public void Run_MutatedSuites_EndInResultsOrErrorsButNeverInAFault()
    {
        var folder = Directory.CreateTempSubdirectory("robot-fuzz");
        var session = new FuzzSession(FuzzCorpus.Load(null), folder.FullName, seed: 20260101);
        session.Run(0, Count, jobs: 1);
        folder.Delete(recursive: true);
        Assert.True(session.Problems.Count == 0, string.Join('\n', session.Problems.Values.Select(problem => $"case {problem.Case}: {problem.Problem}")));
    }

    [Fact]
    public void Make_SameSeedAndNumber_GivesTheSameSuite()
    {
        var corpus = FuzzCorpus.Load(null);
        Assert.Equal(new FuzzCase(corpus, "/").Make(1, 2).Text, new FuzzCase(corpus, "/").Make(1, 2).Text);
    }
}
