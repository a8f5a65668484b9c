using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FarmAgent.TestKit.UsbIp;

/// <summary>
/// The importing side of USB/IP as a test drives it: one device, its transfers one by one. Written from the protocol's description, apart from
/// the server's code.
/// </summary>
public sealed class UsbIpClient : IAsyncDisposable
{
    private const int RecordLength = 312;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly TcpClient _socket = new();
    private uint _number;

    private UsbIpClient()
    {
    }

    /// <summary>Bus ids and vendor:product of what a server exports.</summary>
    /// <param name="port">TCP port on the loopback.</param>
    public static async Task<IReadOnlyList<(string BusId, string Id)>> ListAsync(int port)
    {
        await using var client = await ConnectAsync(port);
        await client.SendAsync([0x01, 0x11, 0x80, 0x05, 0, 0, 0, 0]);
        var head = await client.ReceiveAsync(12);
        var devices = new List<(string, string)>();
        for (var left = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(8)); left > 0; left--)
        {
            var record = await client.ReceiveAsync(RecordLength);
            await client.ReceiveAsync(4 * record[^1]);
            devices.Add((Text(record.AsSpan(256, 32)), $"{BinaryPrimitives.ReadUInt16BigEndian(record.AsSpan(300)):x4}:{BinaryPrimitives.ReadUInt16BigEndian(record.AsSpan(302)):x4}"));
        }

        return devices;
    }

    /// <summary>Imports a device.</summary>
    /// <param name="port">TCP port on the loopback.</param>
    /// <param name="busId">Which.</param>
    /// <returns>The device, or the status with which the server refused it.</returns>
    public static async Task<(uint Status, UsbIpClient? Device)> TryImportAsync(int port, string busId)
    {
        var client = await ConnectAsync(port);
        var name = new byte[32];
        Encoding.ASCII.GetBytes(busId, name);
        await client.SendAsync([0x01, 0x11, 0x80, 0x03, 0, 0, 0, 0, .. name]);
        var status = BinaryPrimitives.ReadUInt32BigEndian((await client.ReceiveAsync(8)).AsSpan(4));
        if (status == 0)
        {
            await client.ReceiveAsync(RecordLength);
            return (0, client);
        }

        await client.DisposeAsync();
        return (status, null);
    }

    /// <summary>Imports a device that must be free.</summary>
    public static async Task<UsbIpClient> ImportAsync(int port, string busId) =>
        await TryImportAsync(port, busId) is (_, { } device) ? device : throw new InvalidOperationException($"The server refused {busId}.");

    /// <summary>A control transfer that reads.</summary>
    public Task<UsbIpReturn> ControlInAsync(byte type, byte request, ushort value, ushort index, ushort length) =>
        TransferAsync(isIn: true, 0, length, Setup(type, request, value, index, length), []);

    /// <summary>A control transfer that writes.</summary>
    public Task<UsbIpReturn> ControlOutAsync(byte type, byte request, ushort value, ushort index, params byte[] data) =>
        TransferAsync(isIn: false, 0, data.Length, Setup(type, request, value, index, (ushort)data.Length), data);

    /// <summary>A bulk transfer that writes.</summary>
    public Task<UsbIpReturn> BulkOutAsync(int endpoint, params byte[] data) => TransferAsync(isIn: false, endpoint, data.Length, new byte[8], data);

    /// <summary>A bulk transfer that reads.</summary>
    public Task<UsbIpReturn> BulkInAsync(int endpoint, int length) => TransferAsync(isIn: true, endpoint, length, new byte[8], []);

    /// <summary>Submits a transfer and does not wait for it.</summary>
    /// <returns>Its number.</returns>
    public async Task<uint> SubmitAsync(bool isIn, int endpoint, int length, byte[] setup, byte[] data)
    {
        var header = Header(1, isIn, endpoint);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(24), length);
        setup.CopyTo(header, 40);
        await SendAsync([.. header, .. data]);
        return _number;
    }

    /// <summary>Asks for a transfer to be taken back and does not wait for the answer.</summary>
    public async Task<uint> UnlinkAsync(uint victim)
    {
        var header = Header(2, isIn: false, 0);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(20), victim);
        await SendAsync(header);
        return _number;
    }

    /// <summary>Waits for the next return.</summary>
    /// <param name="isIn">True when data comes with it.</param>
    /// <exception cref="EndOfStreamException">The server has disconnected.</exception>
    public async Task<UsbIpReturn> NextAsync(bool isIn)
    {
        var header = await ReceiveAsync(48);
        var (kind, number) = (Word(header, 0), Word(header, 1));
        var length = kind == 3 ? (int)Word(header, 6) : 0;
        return new UsbIpReturn(kind, number, (int)Word(header, 5), length, isIn ? await ReceiveAsync(length) : []);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<UsbIpClient> ConnectAsync(int port)
    {
        var client = new UsbIpClient();
        await client._socket.ConnectAsync(IPAddress.Loopback, port);
        return client;
    }

    private static uint Word(byte[] header, int index) => BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 * index));

    private static string Text(ReadOnlySpan<byte> padded) => Encoding.ASCII.GetString(padded).TrimEnd('\0');

    private static byte[] Setup(byte type, byte request, ushort value, ushort index, ushort length) =>
        [type, request, (byte)value, (byte)(value >> 8), (byte)index, (byte)(index >> 8), (byte)length, (byte)(length >> 8)];

    private async Task<UsbIpReturn> TransferAsync(bool isIn, int endpoint, int length, byte[] setup, byte[] data)
    {
        await SubmitAsync(isIn, endpoint, length, setup, data);
        return await NextAsync(isIn);
    }

    private byte[] Header(uint kind, bool isIn, int endpoint)
    {
        var header = new byte[48];
        BinaryPrimitives.WriteUInt32BigEndian(header, kind);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), ++_number);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(12), isIn ? 1u : 0);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(16), (uint)endpoint);
        return header;
    }

    private async Task SendAsync(byte[] bytes)
    {
        using var limit = new CancellationTokenSource(Limit);
        await _socket.GetStream().WriteAsync(bytes, limit.Token);
    }

    private async Task<byte[]> ReceiveAsync(int length)
    {
        using var limit = new CancellationTokenSource(Limit);
        var bytes = new byte[length];
        await _socket.GetStream().ReadExactlyAsync(bytes, limit.Token);
        return bytes;
    }
}

/// <summary>What came back for a command.</summary>
/// <param name="Kind">3 for a transfer, 4 for one to be taken back.</param>
/// <param name="Number">Number of the command.</param>
/// <param name="Status">0 or a negative error number of Linux.</param>
/// <param name="Length">Bytes that passed.</param>
/// <param name="Data">What was read.</param>
public sealed record UsbIpReturn(uint Kind, uint Number, int Status, int Length, byte[] Data);
