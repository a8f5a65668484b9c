using System.Diagnostics;
using System.Globalization;
using FarmAgent.TestKit.Processes;
using FarmAgent.Agent.Fuzz;

const string Usage = "usage: ./build.sh fuzz wire [--count N] [--seed S] [--first N] [--jobs N] [--native yes] [--show N]";

var options = new Dictionary<string, string>(StringComparer.Ordinal);
for (var i = 0; i < args.Length; i += 2)
{
    if (args[i] is not ("--count" or "--seed" or "--first" or "--jobs" or "--native" or "--show") || i + 1 == args.Length)
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }

    options[args[i]] = args[i + 1];
}

long Number(string name, long fallback) => options.TryGetValue(name, out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : fallback;

var seed = (int)Number("--seed", 1);
if (options.ContainsKey("--show"))
{
    using var one = new WireCase(WireMethod.All, seed, Number("--show", 0));
    var bytes = one.Make();
    Console.WriteLine($"{one.Kind}\n{Convert.ToHexStringLower(bytes)}");
    return 0;
}

var count = Number("--count", 1_000_000);
var programs = options.ContainsKey("--native") ? ProgramPair.Native() : ProgramPair.Developer;
var started = Stopwatch.GetTimestamp();
var found = await WireRun.RunAsync(programs, seed, Number("--first", 0), count, (int)Number("--jobs", 4), done => Console.WriteLine($"{done} done"));
foreach (var (kind, times) in found.Kinds.OrderBy(k => k.Key, StringComparer.Ordinal))
{
    Console.WriteLine($"{times,9}  {kind}");
}

foreach (var problem in found.Problems)
{
    Console.WriteLine("PROBLEM " + problem);
}

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"seed {seed}: {count} cases in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s, {found.Problems.Count} problems; RSS {found.Memory.Before:0.0} -> {found.Memory.After:0.0} MiB, open files {found.Files.Before} -> {found.Files.After}"));
return found.Problems.Count == 0 ? 0 : 1;
