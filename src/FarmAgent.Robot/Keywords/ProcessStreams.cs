using System.Diagnostics;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Keywords;

/// <summary>Reads what a process writes while it runs, and feeds what it reads.</summary>
internal sealed class ProcessStreams : IDisposable
{
    private readonly ProcessSettings _settings;
    private readonly MemoryStream _stdout = new();
    private readonly MemoryStream _stderr = new();
    private readonly Task _copying;

    public ProcessStreams(Process process, ProcessSettings settings)
    {
        _settings = settings;
        var copies = new List<Task>();
        if (process.StartInfo.RedirectStandardOutput)
        {
            copies.Add(process.StandardOutput.BaseStream.CopyToAsync(_stdout, CancellationToken.None));
        }

        if (process.StartInfo.RedirectStandardError)
        {
            copies.Add(process.StandardError.BaseStream.CopyToAsync(_stderr, CancellationToken.None));
        }

        if (settings.Input is { } input)
        {
            copies.Add(FeedAsync(process.StandardInput.BaseStream, input));
        }

        _copying = Task.WhenAll(copies);
    }

    /// <summary>Whether all ends of the pipes are closed, also those that children have inherited.</summary>
    public bool AreClosed => _copying.IsCompleted;

    public void Store(ProcessResult result)
    {
        result["stdout"] = Read(_settings.StdoutPath, _stdout);
        result["stderr"] = Read(_settings.IsJoined ? _settings.StdoutPath : _settings.StderrPath, _stderr);
    }

    public void Dispose()
    {
        _stdout.Dispose();
        _stderr.Dispose();
    }

    private static async Task FeedAsync(Stream stream, byte[] input)
    {
        try
        {
            await stream.WriteAsync(input, CancellationToken.None);
            stream.Close();
        }
        catch (IOException)
        {
            // The process ended without reading all of it.
        }
    }

    private string Read(string? path, MemoryStream pipe)
    {
        var bytes = path is null ? pipe.ToArray() : path == "/dev/null" || !File.Exists(path) ? [] : File.ReadAllBytes(path);
        var text = PyCodecs.Decode(bytes, _settings.Encoding, "replace").Replace("\r\n", "\n", StringComparison.Ordinal);
        return text.EndsWith('\n') ? text[..^1] : text;
    }
}
