using FarmAgent.TestKit;
using FarmAgent.TestKit.Processes;

namespace FarmAgent.Benchmarks;

/// <summary>
/// The native Robot engine: start, keywords, many tests, memory, growth, and its log in a browser. With FARM_ROBOT (a folder for Python's module path
/// that holds Robot Framework) the original runs beside it; without, its figures are those once recorded on another machine.
/// </summary>
internal static class RobotBenchmark
{
    private const int ManyTests = 10_000;
    private const int Calls = 300_000;
    private const int PeerCalls = 10_000;
    private const int MostCalls = 1_000_000;
    private const double Memory = 80;

    private static readonly string[] NoPages = ["--log", "NONE", "--report", "NONE"];

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("farm-robot-").FullName;
        try
        {
            return await MeasureAsync(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<Figure>> MeasureAsync(string folder)
    {
        string[] farmctl = [ProgramPair.Native().Farmctl, "robot"];
        var output = Path.Combine(folder, "out");
        var one = Write(folder, "one.robot", "*** Test Cases ***\nOne\n    Log    hello\n");
        var many = Write(folder, "many.robot", Tests(ManyTests));
        var few = Write(folder, "few.robot", Tests(10));
        var noOperation = Write(folder, "nop.robot", Loop("No Operation"));
        var equal = Write(folder, "equal.robot", Loop("Should Be Equal    ${i}    ${i}"));

        var figures = new List<Figure>();
        await RobotProcess.RunAsync(farmctl, one, output, []);
        var ones = new List<RobotProcess>();
        for (var i = 0; i < 15; i++)
        {
            ones.Add(await RobotProcess.RunAsync(farmctl, one, output, []));
        }

        var peerOne = await PeerAsync(one, output, [], 320, run => run.Milliseconds);
        figures.Add(Peered(new Figure("one test with log and report, whole process, median", Median(ones.Select(run => run.Milliseconds)), "ms", 40), peerOne));
        foreach (var (name, suite, goal, recorded) in ((string, string, double, double?)[])[("No Operation", noOperation, 150_000, 5_593), ("Should Be Equal", equal, 100_000, null)])
        {
            var runs = await RepeatAsync(3, () => RobotProcess.RunAsync(farmctl, suite, output, [.. NoPages, "--variable", $"N:{Calls}"], readsTree: false));
            var peer = await PeerAsync(suite, output, [.. NoPages, "--variable", $"N:{PeerCalls}"], recorded, run => PeerCalls / run.SecondsOf("for"));
            var rate = Median(runs.Select(run => Calls / run.Milliseconds * 1_000));
            figures.Add(Peered(new Figure($"{name} calls in a FOR loop, whole process", rate, "1/s", goal) { LargerIsBetter = true }, peer));
            figures.Add(new Figure($"peak RSS of {Calls} {name}", runs.Max(run => run.PeakMebibytes), "MiB", Memory));
        }

        var all = await RepeatAsync(3, () => RobotProcess.RunAsync(farmctl, many, output, []));
        var peerMany = await PeerAsync(many, Path.Combine(folder, "peer"), [], 7_400, run => run.Milliseconds);
        figures.Add(Peered(new Figure($"{ManyTests} tests with all outputs", Median(all.Select(run => run.Milliseconds)), "ms", 1_200), peerMany));
        figures.Add(new Figure($"peak RSS of {ManyTests} tests with all outputs", all.Max(run => run.PeakMebibytes), "MiB", Memory));
        figures.AddRange(await BrowserAsync(Path.Combine(output, "log.html")));
        figures.AddRange(await GrowthAsync(farmctl, noOperation, few, output, all));
        return figures;
    }

    private static async Task<List<Figure>> BrowserAsync(string log)
    {
        await using var page = await HeadlessPage.OpenAsync(RequiredTool.Find("chromium", "chromium"), log);
        var first = await page.MeasureAsync(
            "new Promise(done => { const look = () => document.querySelector('#s1-t1 summary') ? requestAnimationFrame(() => done(performance.now())) : setTimeout(look, 5); look(); })");
        var search = await page.MeasureAsync(
            $$"""
            new Promise(done => {
              const started = performance.now(), box = document.querySelector('input[type=search]');
              box.value = 'message {{ManyTests - 1}}';
              box.dispatchEvent(new Event('input', { bubbles: true }));
              const look = () => [...document.querySelectorAll('summary')].some(row => row.offsetParent && row.textContent.includes('Test {{ManyTests - 1}}'))
                ? done(performance.now() - started) : setTimeout(look, 5);
              look();
            })
            """);
        return [new Figure("log.html of them: first row, by performance.now", first, "ms", 2_000), new Figure("log.html of them: a search is answered", search, "ms", 2_000)];
    }

    // The first thousand are cold, so growth below one is no merit; more than a fifth above it is the fault that is looked for.
    private static async Task<List<Figure>> GrowthAsync(
        IReadOnlyList<string> farmctl, string loop, string few, string output, IReadOnlyList<RobotProcess> many)
    {
        var small = await RepeatAsync(9, () => RobotProcess.RunAsync(farmctl, loop, output, [.. NoPages, "--variable", "N:1000"]));
        var large = await RobotProcess.RunAsync(farmctl, loop, output, [.. NoPages, "--variable", $"N:{MostCalls}"], readsTree: false);
        var perCall = Median(small.Select(run => run.SecondsOf("for"))) / 1_000;
        var perLateCall = large.Milliseconds / 1_000 / MostCalls;
        var fewTests = await RepeatAsync(9, () => RobotProcess.RunAsync(farmctl, few, output, []));
        var perTest = Median(fewTests.Select(run => run.SecondsOf("suite"))) / 10;
        var perLateTest = Median(many.Select(run => run.SecondsOf("suite"))) / ManyTests;
        return
        [
            new Figure($"time per keyword, {MostCalls} against 1000", perLateCall / perCall, "x", 1.2),
            new Figure($"peak RSS of {MostCalls} keywords", large.PeakMebibytes, "MiB", Memory),
            new Figure($"time per test, {ManyTests} against 10", perLateTest / perTest, "x", 1.2),
        ];
    }

    private static async Task<(string Name, double Value)?> PeerAsync(
        string suite, string output, IEnumerable<string> options, double? recorded, Func<RobotProcess, double> figure)
    {
        if (Environment.GetEnvironmentVariable("FARM_ROBOT") is not { Length: > 0 } path)
        {
            return recorded is { } value ? ("Robot Framework, recorded", value) : null;
        }

        var run = await RobotProcess.RunAsync(["python3", "-m", "robot"], suite, output, options, new Dictionary<string, string> { ["PYTHONPATH"] = path });
        return ("Robot Framework", figure(run));
    }

    private static Figure Peered(Figure figure, (string Name, double Value)? peer) =>
        peer is { } other ? figure with { Peer = other.Name, PeerValue = other.Value } : figure;

    private static async Task<List<RobotProcess>> RepeatAsync(int count, Func<Task<RobotProcess>> run)
    {
        var runs = new List<RobotProcess>();
        for (var i = 0; i < count; i++)
        {
            runs.Add(await run());
        }

        return runs;
    }

    private static string Write(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string Tests(int count) => "*** Test Cases ***\n" + string.Concat(Enumerable.Range(0, count).Select(i =>
        $"Test {i}\n    [Tags]    tag{i % 10}    smoke\n    Log    message {i}\n    Should Be Equal    {i}    {i}\n"));

    private static string Loop(string step) => $"*** Test Cases ***\nLoop\n    FOR    ${{i}}    IN RANGE    ${{N}}\n        {step}\n    END\n";

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
