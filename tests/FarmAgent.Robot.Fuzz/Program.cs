using System.Globalization;
using FarmAgent.Robot.Fuzz;

const string Usage = "usage: ./build.sh fuzz robot [--count N] [--seed S] [--first N] [--jobs N] [--corpus FOLDER] [--show N]";

var options = new Dictionary<string, string>(StringComparer.Ordinal);
for (var i = 0; i < args.Length; i += 2)
{
    if (args[i] is not ("--count" or "--seed" or "--first" or "--jobs" or "--corpus" or "--show") || i + 1 == args.Length)
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }

    options[args[i]] = args[i + 1];
}

long Number(string name, long fallback) => options.TryGetValue(name, out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : fallback;

// Mutated imports shall find no interpreter to start.
Environment.SetEnvironmentVariable("PATH", "");
var seed = Number("--seed", 1);
var corpus = FuzzCorpus.Load(options.GetValueOrDefault("--corpus"));
var folder = Directory.CreateTempSubdirectory("robot-fuzz-").FullName;
if (options.ContainsKey("--show"))
{
    var (text, arguments) = new FuzzCase(corpus, folder).Make(seed, Number("--show", 0));
    Console.WriteLine($"{string.Join(' ', arguments)}\n{text}");
    Directory.Delete(folder, recursive: true);
    return 0;
}

var count = Number("--count", 1_000_000);
Console.WriteLine($"seed {seed}, {count} suites from {corpus.Suites.Count}; the last case of each thread is in {folder}/job-*/case");
var session = new FuzzSession(corpus, folder, seed);
session.Run(Number("--first", 0), count, (int)Number("--jobs", Environment.ProcessorCount), done => Console.WriteLine($"{done} done, {session.Problems.Count} problems"));
foreach (var (number, problem, times) in session.Problems.Values)
{
    Console.WriteLine($"--- case {number} (and {times - 1} more like it): ./build.sh fuzz robot --seed {seed} --show {number}\n{problem}");
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} suites, {session.Problems.Count} problems; slowest {session.Slowest.Seconds:0.00} s (case {session.Slowest.Case})"));
Directory.Delete(folder, recursive: true);
return session.Problems.Count == 0 ? 0 : 1;
