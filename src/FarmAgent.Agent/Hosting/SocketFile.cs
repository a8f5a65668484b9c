using System.Net.Sockets;

namespace FarmAgent.Agent.Hosting;

/// <summary>The path of the Unix socket: its folder, what an earlier agent left there, and its mode.</summary>
internal static class SocketFile
{
    private const int LongestPath = 107;

    // Everybody may connect: who may do what is decided by peer credentials, not by the file's mode.
    private const UnixFileMode EverybodyMayConnect = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private const UnixFileMode EverybodyMayEnter = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Makes the path free to listen on.</summary>
    /// <exception cref="AgentException">Another agent listens there, or something else is in the way (<c>SOCKET_IN_USE</c>, <c>SOCKET_UNUSABLE</c>).</exception>
    public static void Prepare(string path)
    {
        if (path.Length > LongestPath)
        {
            throw new AgentException("SOCKET_UNUSABLE", $"The socket's path {path} has {path.Length} characters; {LongestPath} are possible. Choose a shorter one.");
        }

        try
        {
            var folder = Path.GetDirectoryName(path)!;
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder, EverybodyMayEnter);
            }

            if (!File.Exists(path))
            {
                return;
            }

            if (IsServed(path))
            {
                throw new AgentException("SOCKET_IN_USE", $"Another agent listens on {path}. Stop that one, or name another --socket.");
            }

            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AgentException("SOCKET_UNUSABLE", $"The socket {path} cannot be made: {e.Message} Give the agent's user the folder, or name another --socket.", e);
        }
    }

    /// <summary>Lets everybody connect.</summary>
    public static void Open(string path) => File.SetUnixFileMode(path, EverybodyMayConnect);

    private static bool IsServed(string path)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
