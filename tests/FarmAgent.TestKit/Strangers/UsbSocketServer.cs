using System.Buffers.Binary;
using System.Net.Sockets;
using FarmAgent.Hardware.Usb;

namespace FarmAgent.TestKit.Strangers;

/// <summary>
/// Serves the ST-LINKs of an enumerator to a replacement libusb, so that programs which nobody here wrote drive them as if they were plugged
/// into this machine. One thread per connection; each connection is one enumeration or one open device.
/// </summary>
public sealed class UsbSocketServer : IDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);
    private readonly IUsbEnumerator _usb;
    private readonly Socket _listener;
    private readonly Lock _lock = new();
    private readonly List<(Socket Socket, Thread Thread)> _connections = [];
    private readonly List<string> _addresses = [];
    private readonly Thread _accepting;
    private bool _stopped;

    /// <summary>Begins to listen.</summary>
    /// <param name="usb">What to serve.</param>
    /// <param name="path">Socket to make.</param>
    public UsbSocketServer(IUsbEnumerator usb, string path)
    {
        _usb = usb;
        _listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _accepting = new Thread(Accept) { IsBackground = true, Name = "usb-socket" };
        _accepting.Start();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Thread[] threads;
        lock (_lock)
        {
            _stopped = true;
            threads = [_accepting, .. _connections.Select(c => c.Thread)];
            foreach (var (socket, _) in _connections)
            {
                socket.Dispose();
            }
        }

        _listener.Dispose();
        foreach (var thread in threads)
        {
            if (!thread.Join(StopLimit))
            {
                throw new TimeoutException($"A connection of the USB socket did not end within {StopLimit.TotalSeconds} s; the bench under it hangs.");
            }
        }
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                var socket = _listener.Accept();
                var thread = new Thread(() => Serve(socket)) { IsBackground = true, Name = "usb-socket-client" };
                lock (_lock)
                {
                    if (_stopped)
                    {
                        socket.Dispose();
                        return;
                    }

                    _connections.Add((socket, thread));
                    thread.Start();
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The listener was closed.
        }
    }

    private void Serve(Socket socket)
    {
        UsbSocketHandle? handle = null;
        try
        {
            using var stream = new NetworkStream(socket, ownsSocket: true);
            while (UsbSocketMessage.Read(stream) is { } request)
            {
                if (request.Operation == UsbSocketOperation.List)
                {
                    request.Answer(stream, UsbSocketStatus.Okay, DeviceList());
                }
                else if (request.Operation == UsbSocketOperation.Open)
                {
                    handle = Find(request.Payload[1]) is { } device ? new UsbSocketHandle(_usb, device, stream) : null;
                    request.Answer(stream, handle is null ? UsbSocketStatus.NoDevice : UsbSocketStatus.Okay);
                }
                else if (handle is null)
                {
                    request.Answer(stream, UsbSocketStatus.NoDevice);
                }
                else
                {
                    handle.Handle(request);
                }
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The client is gone, or the server was stopped: both only end this connection.
        }
        finally
        {
            handle?.Dispose();
        }
    }

    private byte[] DeviceList()
    {
        var devices = _usb.List();
        var head = new byte[4];
        head[0] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(2), (ushort)devices.Count);
        return [.. head, .. devices.SelectMany(d => new StLinkDescriptors(d).Record(AddressOf(d)))];
    }

    private UsbDeviceInfo? Find(byte address) => _usb.List().FirstOrDefault(d => AddressOf(d) == address);

    /// <summary>A socket keeps its address for the server's life; 1 is the root hub's.</summary>
    private byte AddressOf(UsbDeviceInfo device)
    {
        lock (_lock)
        {
            if (!_addresses.Contains(device.PortPath, StringComparer.Ordinal))
            {
                _addresses.Add(device.PortPath);
            }

            return (byte)(2 + _addresses.IndexOf(device.PortPath));
        }
    }
}
