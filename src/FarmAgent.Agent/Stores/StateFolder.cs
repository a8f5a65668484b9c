namespace FarmAgent.Agent.Stores;

/// <summary>The state directory, held by one agent at a time.</summary>
internal sealed class StateFolder : IDisposable
{
    private readonly FileStream _lock;
    private readonly bool _temporary;

    private StateFolder(string path, FileStream held, bool temporary) => (Path, _lock, _temporary) = (path, held, temporary);

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>True when it goes with the process.</summary>
    public bool IsTemporary => _temporary;

    /// <summary>Opens a directory, made if it is not there.</summary>
    /// <param name="path">The directory; null for a temporary one.</param>
    /// <exception cref="AgentException">Held by another agent, or not writable (<c>STATE_IN_USE</c>, <c>STATE_UNUSABLE</c>).</exception>
    public static StateFolder Open(string? path)
    {
        try
        {
            var full = path is null ? Directory.CreateTempSubdirectory("farm-agent-").FullName : Directory.CreateDirectory(path).FullName;
            var held = System.IO.Path.Combine(full, "agent.lock");
            try
            {
                return new StateFolder(full, new FileStream(held, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None), temporary: path is null);
            }
            catch (IOException e) when (File.Exists(held) && !StateFaults.IsReadOnly(e))
            {
                throw new AgentException(
                    "STATE_IN_USE", $"The state directory {full} is in use by another agent. Stop that one, or name another --state.", e);
            }
        }
        catch (IOException e) when (StateFaults.IsReadOnly(e))
        {
            throw StateFaults.Of(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentException(
                "STATE_UNUSABLE", $"The state directory {path} cannot be used: {e.Message} Give the agent's user write permission, or name another --state.", e);
        }
    }

    /// <summary>Path of a file or folder inside.</summary>
    public string At(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        _lock.Dispose();
        if (_temporary)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
