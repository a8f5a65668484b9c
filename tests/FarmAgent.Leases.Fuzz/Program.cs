using System.Globalization;
using FarmAgent.Leases.Fuzz;

const string Usage = "usage: ./build.sh fuzz leases [--count N] [--seed S] [--first N] [--jobs N] [--show N]";

var options = new Dictionary<string, long>(StringComparer.Ordinal) { ["--count"] = 100_000, ["--seed"] = 1, ["--first"] = 0, ["--jobs"] = Environment.ProcessorCount, ["--show"] = -1 };
for (var i = 0; i < args.Length; i += 2)
{
    if (!options.ContainsKey(args[i]) || i + 1 == args.Length || !long.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }

    options[args[i]] = number;
}

if (options["--show"] >= 0)
{
    await using var shown = new FuzzSchedule(options["--seed"], options["--show"]);
    var problem = await shown.RunAsync();
    shown.Story.ForEach(Console.WriteLine);
    Console.WriteLine(problem ?? "no problem");
    return problem is null ? 0 : 1;
}

var session = new FuzzSession(options["--seed"]);
Console.WriteLine($"seed {options["--seed"]}, {options["--count"]} schedules");
await session.RunAsync(options["--first"], options["--count"], (int)options["--jobs"], done => Console.WriteLine($"{done} done, {session.Problems.Count} problems"));
foreach (var (schedule, problem) in session.Problems.Take(20))
{
    Console.WriteLine($"--- schedule {schedule}: ./build.sh fuzz leases --seed {options["--seed"]} --show {schedule}\n{problem}");
}

Console.WriteLine($"{options["--count"]} schedules, {session.Problems.Count} problems; {session.Totals}");
return session.Problems.IsEmpty ? 0 : 1;
