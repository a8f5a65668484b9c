using FarmAgent.Api.V1;

namespace FarmAgent.Cli.Rendering;

/// <summary>
/// Progress of a flash on stderr: on a terminal one line that is redrawn, in a pipe one line a phase. NO_COLOR has nothing to switch off here,
/// and TERM=dumb counts as a pipe.
/// </summary>
internal sealed class FlashProgressLines(TextWriter notes, bool isTerminal)
{
    private const int BarWidth = 20;
    private FlashPhase _phase;
    private bool _isOpen;

    public static FlashProgressLines ForConsole() => new(
        Console.Error, !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") is not ("dumb" or null));

    public void Show(FlashProgress progress)
    {
        if (isTerminal)
        {
            var filled = progress.Total > 0 ? BarWidth * progress.Done / progress.Total : 0;
            var bar = new string('█', filled) + new string('·', BarWidth - filled);
            notes.Write($"\r{WireNames.Of(progress.Phase),-8} {bar} {progress.Done}/{progress.Total}\u001b[K");
            notes.Flush();
            _isOpen = true;
        }
        else if (progress.Phase != _phase)
        {
            notes.WriteLine(progress.Total > 0 ? $"{WireNames.Of(progress.Phase)} {progress.Total}" : WireNames.Of(progress.Phase));
        }

        _phase = progress.Phase;
    }

    /// <summary>Ends the redrawn line, so that what follows starts on one of its own.</summary>
    public void Close()
    {
        if (_isOpen)
        {
            notes.Write("\r\u001b[K");
            _isOpen = false;
        }
    }
}
