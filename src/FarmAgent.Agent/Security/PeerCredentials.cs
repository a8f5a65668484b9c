using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace FarmAgent.Agent.Security;

/// <summary>Who is at the other end of a Unix socket, as the kernel knows it (unix(7): SO_PEERCRED, SO_PEERGROUPS).</summary>
/// <param name="ProcessId">Its process.</param>
/// <param name="UserId">Its user.</param>
/// <param name="GroupIds">Its group and supplementary groups when it connected.</param>
internal sealed record PeerCredentials(int ProcessId, uint UserId, IReadOnlyList<uint> GroupIds)
{
    // asm-generic/socket.h
    private const int SocketLevel = 1;
    private const int PeerCredentialsOption = 17;
    private const int PeerGroupsOption = 59;
    private const int MostGroups = 1024;

    /// <summary>Connection middleware: asks the kernel once per connection and leaves the answer with it.</summary>
    public static ConnectionDelegate Middleware(ConnectionDelegate next) => connection =>
    {
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket)
        {
            connection.Features.Set(Ask(socket));
        }

        return next(connection);
    };

    private static PeerCredentials Ask(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SocketLevel, PeerCredentialsOption, credentials);
        var user = ReadUInt32(credentials[4..]);
        var groups = new List<uint> { ReadUInt32(credentials[8..]) };
        try
        {
            var buffer = new byte[MostGroups * sizeof(uint)];
            var length = socket.GetRawSocketOption(SocketLevel, PeerGroupsOption, buffer);
            foreach (var group in MemoryMarshal.Cast<byte, uint>(buffer.AsSpan(0, length)))
            {
                groups.Add(group);
            }
        }
        catch (SocketException)
        {
            // A kernel before 4.13, or more groups than anybody has: the first group is known all the same.
        }

        return new PeerCredentials(BinaryPrimitives.ReadInt32LittleEndian(credentials), user, groups);
    }

    // The kernel writes its own byte order; both of our targets are little-endian.
    private static uint ReadUInt32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
