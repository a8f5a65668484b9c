using System.Diagnostics;
using System.Globalization;
using FarmAgent.Simulation.Proof.Compiled;

namespace FarmAgent.Simulation.Proof.Measuring;

/// <summary>
/// Instructions per second of the interpreter on the compiled programs, beside a bare loop over a switch, taken by turns. Prints one line
/// for each turn: both rates in millions.
/// </summary>
internal static class InterpreterMeasure
{
    private const uint Rounds = 300;

    public static int Run(int turns)
    {
        // The programs' work differs a little from round to round, so the whole run is counted once, in steps.
        var instructions = new ProgramRun(CompiledPrograms.Image(Rounds)).CountToEnd();
        var loop = new SwitchLoop();
        new ProgramRun(CompiledPrograms.Image(3)).ToEnd();
        loop.Run(10_000_000);
        for (var turn = 0; turn < turns; turn++)
        {
            var run = new ProgramRun(CompiledPrograms.Image(Rounds));
            var started = Stopwatch.GetTimestamp();
            run.ToEnd();
            var interpreter = instructions / Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            started = Stopwatch.GetTimestamp();
            loop.Run(200_000_000);
            var bare = 200_000_000 / Stopwatch.GetElapsedTime(started).TotalMicroseconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{interpreter:0.00} {bare:0.00}"));
        }

        return 0;
    }
}
