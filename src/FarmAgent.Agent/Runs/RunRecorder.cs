using FarmAgent.Boards.Consoles;
using FarmAgent.Boards.Sessions;

namespace FarmAgent.Agent.Runs;

/// <summary>Keeps what the board's consoles said during a run as files of the run: the firmware's own words beside the tests' results.</summary>
internal sealed class RunRecorder
{
    private readonly List<(SerialRecorder Recorder, long Start)> _consoles;

    /// <summary>Notes where the recordings stand.</summary>
    public RunRecorder(BoardSession board) => _consoles = [.. board.Consoles.Select(c => (c, c.End))];

    /// <summary>Writes what came since as <c>serial-NAME.log</c>; what the recorder no longer has is missing at the start.</summary>
    public async Task SaveAsync(string folder, CancellationToken cancellationToken)
    {
        foreach (var (recorder, start) in _consoles.Where(c => c.Recorder.End > c.Start))
        {
            // A suite may have made a file, or a link, of this name: it goes.
            var path = Path.Combine(folder, $"serial-{recorder.Description.Name}.log");
            File.Delete(path);
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            await foreach (var chunk in recorder.ReadAsync(start, follow: false, cancellationToken))
            {
                await file.WriteAsync(chunk.Data, cancellationToken);
            }
        }
    }
}
