namespace FarmAgent.Agent.Security.Setup;

/// <summary>Files that only their owner reads, written as a whole or not at all.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerOnlyFolder = OwnerOnly | UnixFileMode.UserExecute;

    /// <summary>Writes a file: under another name first, to the disk, then to its own name. It is never there half, nor with another mode.</summary>
    /// <param name="path">Where.</param>
    /// <param name="content">What.</param>
    /// <param name="replace">False refuses when it is there.</param>
    /// <exception cref="AgentException">It is there, or cannot be written (<c>FILE_EXISTS</c>, <c>STATE_UNUSABLE</c>).</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool replace)
    {
        var partial = $"{path}.{Path.GetRandomFileName()}.part";
        try
        {
            MakeFolder(Path.GetDirectoryName(path)!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
            using (var stream = new FileStream(partial, options))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: replace);
        }
        catch (IOException e) when (!replace && File.Exists(path))
        {
            throw new AgentException("FILE_EXISTS", $"{path} is there already, and is left as it is. Use --force to replace it.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentException("STATE_UNUSABLE", $"{path} cannot be written: {e.Message} Give the agent's user the folder, or make room.", e);
        }
        finally
        {
            if (File.Exists(partial))
            {
                File.Delete(partial);
            }
        }
    }

    /// <summary>Makes a folder that only its owner enters.</summary>
    public static void MakeFolder(string path)
    {
        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, OwnerOnlyFolder);
        }
    }
}
