using System.Text;
using System.Text.Json;
using System.Xml;
using FarmAgent.Robot.Results;

namespace FarmAgent.Robot.Fuzz;

/// <summary>One suite with options, made from a seed and a number, and what running it must never do.</summary>
/// <param name="corpus">Where suites come from.</param>
/// <param name="folder">Folder of its own, with the files that suites import.</param>
internal sealed class FuzzCase(FuzzCorpus corpus, string folder)
{
    private const int MaxSteps = 3_000;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);
    private static readonly XmlReaderSettings NoText = new() { CheckCharacters = true };

    private readonly SuiteMutator _mutator = new(corpus);

    public string SuitePath { get; } = Path.Combine(folder, "suite.robot");

    /// <summary>Makes the folder and the files that suites import.</summary>
    public void Prepare()
    {
        Directory.CreateDirectory(folder);
        foreach (var (name, text) in corpus.Others)
        {
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }

    /// <summary>The suite and its options.</summary>
    public (string Text, string[] Options) Make(long seed, long number)
    {
        var random = new Random(Mix(seed + (number * 0x1000003)));
        var text = random.Next(4) == 0 ? SuiteGenerator.Generate(random) : _mutator.Mutate(random);
        var options = random.Next(16) switch
        {
            0 => ["--dryrun"],
            1 => ["--exitonfailure"],
            2 => ["--loglevel", "TRACE"],
            3 => ["--rpa"],
            4 => ["--include", "aORb", "--runemptysuite"],
            5 => ["--variable", "x:2", "--settag", "c", "--skip", "loops"],
            6 => ["--tagstatcombine", "aANDb:Both", "--tagstatlink", "l*:http://x/%1:T", "--runemptysuite"],
            7 => ["--randomize", "all:1", "--console", "verbose"],
            8 => new[] { "--debugfile", "debug.txt", "--xunit", "xunit.xml" },
            _ => [],
        };
        return (text, options);
    }

    /// <summary>Runs a suite and tells what it must not have done.</summary>
    public string? Run(string text, string[] options)
    {
        if (FuzzCorpus.IsUnsafe(text))
        {
            return null;
        }

        File.WriteAllText(SuitePath, text, new UTF8Encoding(false));
        using var stop = new CancellationTokenSource(MaxTime);
        var errors = new StringWriter();
        var code = RobotProgram.Run(
            ["--outputdir", folder, "--console", "none", .. options, SuitePath],
            new RobotHost
            {
                // A mutated import must not run what it happens to name.
                Python = null,
                Stdout = TextWriter.Null,
                Stderr = errors,
                Clock = new VirtualClock(),
                Cancellation = stop.Token,
                Listeners = [new StepLimit(stop, MaxSteps)],
            });
        return code == 255 ? errors.ToString() : code <= 250 ? ProblemOfFiles() : null;
    }

    // Not HashCode, which every process seeds anew: the same case must come out everywhere.
    private static int Mix(long value) => unchecked((int)((ulong)value * 0x9E3779B97F4A7C15UL >> 33));

    private string? ProblemOfFiles()
    {
        try
        {
            using (var reader = XmlReader.Create(Path.Combine(folder, "output.xml"), NoText))
            {
                while (reader.Read())
                {
                    // Reading to the end is the check.
                }
            }

            foreach (var line in Blocks(File.ReadAllText(Path.Combine(folder, "log.html"))))
            {
                using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 4_000 });
            }

            return null;
        }
        catch (Exception error) when (error is XmlException or JsonException)
        {
            return $"A result file cannot be read: {error.GetType().Name}: {error.Message}\n   at {error.GetType().Name}";
        }
    }

    private static IEnumerable<string> Blocks(string html)
    {
        const string Start = "<script type=\"application/json\" id=\"";
        for (var at = html.IndexOf(Start, StringComparison.Ordinal); at >= 0; at = html.IndexOf(Start, at, StringComparison.Ordinal))
        {
            var from = html.IndexOf('>', at + Start.Length) + 1;
            at = html.IndexOf("</script>", from, StringComparison.Ordinal);
            yield return html[from..at];
        }
    }

    /// <summary>Ends runs that go on and on by their steps rather than by time, so that a case comes out the same everywhere.</summary>
    private sealed class StepLimit(CancellationTokenSource stop, int limit) : IRobotListener
    {
        private int _steps;

        public void StartStep(StepResult step)
        {
            if (++_steps == limit)
            {
                stop.Cancel();
            }
            else if (_steps > 2 * limit)
            {
                // Teardowns have had theirs.
                throw new OperationCanceledException();
            }
        }
    }
}
