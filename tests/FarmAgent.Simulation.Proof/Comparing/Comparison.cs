using System.Globalization;
using System.Text;
using FarmAgent.Simulation.Proof.Cases;
using FarmAgent.Simulation.Proof.Machines;

namespace FarmAgent.Simulation.Proof.Comparing;

/// <summary>Runs batches on both machines and keeps what differs.</summary>
internal sealed class Comparison(QemuMachine other)
{
    private const int MostKept = 2000;
    private readonly List<string> _unexplained = [];

    public int Cases { get; private set; }

    public long Unexplained { get; private set; }

    /// <summary>How many differences each explanation took.</summary>
    public SortedDictionary<string, int> Explained { get; } = new(StringComparer.Ordinal);

    /// <summary>The first unexplained differences in words.</summary>
    public IReadOnlyList<string> Report => _unexplained;

    public void Run(CaseBatch batch)
    {
        if (batch.Cases.Count == 0)
        {
            return;
        }

        var ours = InterpreterMachine.Run(batch);
        List<CaseResult> theirs;
        try
        {
            theirs = other.Run(batch);
        }
        catch (TimeoutException) when (batch.Cases.Count > 1)
        {
            // One of them never ends there: found by halving, so that it can be named.
            Run(batch.Part(0, batch.Cases.Count / 2));
            Run(batch.Part(batch.Cases.Count / 2, batch.Cases.Count));
            return;
        }
        catch (TimeoutException)
        {
            Keep($"{batch.Cases[0].Name} never ends on the other machine: {string.Join(' ', batch.Cases[0].Code.Select(half => half.ToString("X4", CultureInfo.InvariantCulture)))}");
            return;
        }

        for (var index = 0; index < ours.Count; index++)
        {
            Compare(batch.Cases[index], ours[index], theirs[index]);
        }

        Cases += batch.Cases.Count;
    }

    /// <summary>Runs a batch on the interpreter alone: each case must end as undefined at its first instruction.</summary>
    public void MustBeUndefined(CaseBatch batch)
    {
        if (batch.Cases.Count == 0)
        {
            return;
        }

        var results = InterpreterMachine.Run(batch);
        for (var index = 0; index < results.Count; index++)
        {
            if (results[index].FaultStatus != 1u << 16 || results[index].ProgramCounter != batch.Cases[index].Address)
            {
                Keep($"{batch.Cases[index].Name} is not undefined: {results[index]}");
            }
        }

        Cases += batch.Cases.Count;
    }

    private void Keep(string difference)
    {
        Unexplained++;
        if (_unexplained.Count < MostKept)
        {
            _unexplained.Add(difference);
        }
    }

    private void Compare(CpuCase test, CaseResult ours, CaseResult theirs)
    {
        var differences = ours.Differences(theirs);
        if (differences.Count == 0)
        {
            return;
        }

        if (Explanations.Find(test, ours, theirs, differences) is { } explanation)
        {
            Explained[explanation] = Explained.GetValueOrDefault(explanation) + 1;
            return;
        }

        Keep(Describe(test, ours, theirs, differences));
    }

    private static string Describe(CpuCase test, CaseResult ours, CaseResult theirs, IReadOnlyList<string> differences)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{test.Name}: {string.Join(' ', test.Code.Select(half => half.ToString("X4", CultureInfo.InvariantCulture)))}");
        foreach (var name in differences)
        {
            text.Append(CultureInfo.InvariantCulture, $" {name} ours {ours[name]:X8} theirs {theirs[name]:X8}");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n    at {test.Address:X8} ccr {test.ConfigurationControl:X} control {test.Control} primask {test.PriorityMask} basepri {test.BasePriority:X2} shcsr {test.FaultEnables:X} status {test.Status:X8} poke {test.PokeAddress:X8}={test.PokeValue:X8}");
        text.Append(CultureInfo.InvariantCulture, $"\n    before {string.Join(' ', test.Registers.Select(value => value.ToString("X8", CultureInfo.InvariantCulture)))}\n    ours   {ours}\n    theirs {theirs}");
        return text.ToString();
    }
}
