using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Runs;

/// <summary>Makes events of what the runner prints, up to a limit: a suite that prints without end must not fill the disk. Thread-safe.</summary>
/// <param name="events">Takes the events.</param>
/// <param name="limit">Most characters, over both outputs.</param>
internal sealed class RunConsole(RunEventFile events, long limit)
{
    /// <summary>Most characters of a run, unless a test asks for less.</summary>
    public const long DefaultLimit = 64L << 20;

    private readonly Lock _lock = new();
    private long _taken;
    private bool _isCut;

    /// <summary>Takes a piece of the standard output.</summary>
    public void Output(string text) => Take(text, static piece => new Wire.RunEvent { Console = piece });

    /// <summary>Takes a piece of the error output.</summary>
    public void Error(string text) => Take(text, static piece => new Wire.RunEvent { ErrorOutput = piece });

    private void Take(string text, Func<string, Wire.RunEvent> make)
    {
        lock (_lock)
        {
            if (_isCut)
            {
                return;
            }

            _taken += text.Length;
            if (_taken <= limit)
            {
                events.Append(make(text));
                return;
            }

            _isCut = true;
            events.Append(new Wire.RunEvent { ErrorOutput = $"\n[farm] The run printed more than {limit} characters; the rest is not kept. The run goes on.\n" });
        }
    }
}
