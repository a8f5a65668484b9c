using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.PythonLibraries;

/// <summary>
/// The Python process of a run: asks it one thing after the other, and answers what it asks meanwhile. A call that does not end in time is interrupted;
/// if that does not help, the process is ended.
/// </summary>
internal sealed class PythonHost : IDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan InterruptTime = TimeSpan.FromSeconds(3);

    private readonly Process _process;
    private readonly IPythonServices _services;
    private readonly BlockingCollection<JsonDocument> _inbox = [];
    private int _asked;
    private bool _ended;

    private PythonHost(Process process, IPythonServices services)
    {
        (_process, _services) = (process, services);
        Wire = new PythonWire(this);
        new Thread(Read) { IsBackground = true, Name = "python host" }.Start();
    }

    public PythonWire Wire { get; }

    /// <summary>Starts the process.</summary>
    /// <param name="interpreter">Path of the interpreter.</param>
    /// <param name="searchPath">Directories that come first when modules are looked for.</param>
    /// <param name="services">What it may ask for.</param>
    public static PythonHost Start(string interpreter, IReadOnlyList<string> searchPath, IPythonServices services)
    {
        var process = Process.Start(new ProcessStartInfo(interpreter, ["-c", PythonProgram.Script])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
            Environment = { ["PYTHONIOENCODING"] = "utf-8:backslashreplace", ["PYTHONUNBUFFERED"] = "1" },
        }) ?? throw new InvalidOperationException($"'{interpreter}' was not started.");
        var host = new PythonHost(process, services);
        using var limit = new CancellationTokenSource(StartTime);
        host.Ask("hello", json =>
        {
            json.WriteStartArray("path");
            foreach (var folder in searchPath)
            {
                json.WriteStringValue(folder);
            }

            json.WriteEndArray();
            PythonProgram.WriteModules(json);
        }, limit.Token);
        return host;
    }

    /// <summary>Asks for an operation and waits for its result.</summary>
    /// <param name="operation">Name of the operation.</param>
    /// <param name="content">Writes what belongs to it.</param>
    /// <param name="cancellation">Ends the wait: the operation is interrupted.</param>
    /// <exception cref="PythonErrorException">It raised an error.</exception>
    /// <exception cref="OperationCanceledException">The wait was ended.</exception>
    public JsonElement Ask(string operation, Action<Utf8JsonWriter> content, CancellationToken cancellation)
    {
        var number = ++_asked;
        Send(json =>
        {
            json.WriteNumber("id", number);
            json.WriteString("op", operation);
            content(json);
        });
        return WaitFor(number, cancellation);
    }

    /// <summary>Asks an object that lives there.</summary>
    public object? AskObject(long number, string what, IReadOnlyList<object?> arguments, IEnumerable<KeyValuePair<string, object?>> named)
    {
        try
        {
            var answer = Ask("object", json =>
            {
                json.WriteNumber("o", number);
                json.WriteString("do", what);
                json.WritePropertyName("args");
                Wire.WriteItems(json, arguments);
                json.WritePropertyName("named");
                Wire.WritePairs(json, named);
            }, _services.Cancellation);
            return Wire.Read(answer[0]);
        }
        catch (PythonErrorException error)
        {
            throw new PyErrorException(error.Type, error.Raw);
        }
    }

    /// <summary>Ends the process.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(TimeSpan.FromSeconds(1)))
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }

    private void Send(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        try
        {
            var stream = _process.StandardInput.BaseStream;
            stream.Write(buffer.WrittenSpan);
            stream.WriteByte((byte)'\n');
            stream.Flush();
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            throw Ended(error);
        }
    }

    private JsonElement WaitFor(int number, CancellationToken cancellation)
    {
        try
        {
            return Receive(number, cancellation);
        }
        catch (OperationCanceledException) when (!_ended)
        {
            Interrupt(number);
            throw;
        }
    }

    private JsonElement Receive(int number, CancellationToken cancellation)
    {
        while (true)
        {
            JsonElement message;
            try
            {
                message = _inbox.Take(cancellation).RootElement;
            }
            catch (InvalidOperationException error)
            {
                throw Ended(error);
            }

            if (message.TryGetProperty("answer", out var answered))
            {
                if (answered.GetInt32() == number)
                {
                    return message.TryGetProperty("error", out var error) ? throw new PythonErrorException(error) : message.GetProperty("value");
                }
            }
            else
            {
                Handle(message);
            }
        }
    }

    // What it was doing still ends with an answer, an error as a rule.
    private void Interrupt(int number)
    {
        Send(json => json.WriteString("op", "interrupt"));
        using var limit = new CancellationTokenSource(InterruptTime);
        try
        {
            Receive(number, limit.Token);
        }
        catch (PythonErrorException)
        {
            // Its end is all that counts.
        }
        catch (OperationCanceledException)
        {
            _ended = true;
            _process.Kill(entireProcessTree: true);
        }
    }

    private void Handle(JsonElement message)
    {
        if (message.TryGetProperty("log", out var text))
        {
            _services.Log(text.GetString()!, message.GetProperty("level").GetString()!, message.GetProperty("html").GetBoolean());
        }
        else if (message.TryGetProperty("print", out text))
        {
            _services.Print(text.GetString()!, message.GetProperty("stream").GetString() == "stderr");
        }
        else if (message.TryGetProperty("ask", out var ask))
        {
            Answer(ask.GetInt32(), message);
        }
    }

    private void Answer(int number, JsonElement request)
    {
        object? value = null;
        PythonFailure? failure = null;
        try
        {
            value = _services.Answer(request, this);
        }
        catch (KeywordFailedException error)
        {
            failure = _services.Describe(error);
        }

        Send(json =>
        {
            json.WriteNumber("answer", number);
            if (failure is null)
            {
                json.WritePropertyName("value");
                Wire.Write(json, value);
            }
            else
            {
                failure.Write(json);
            }
        });
    }

    private void Read()
    {
        try
        {
            while (_process.StandardOutput.ReadLine() is { } line)
            {
                _inbox.Add(JsonDocument.Parse(line));
            }
        }
        catch (Exception error) when (error is IOException or JsonException or ObjectDisposedException or InvalidOperationException)
        {
            // The end of the stream says the same.
        }

        _ended = true;
        _inbox.CompleteAdding();
    }

    private KeywordFailedException Ended(Exception cause)
    {
        _ended = true;
        return new KeywordFailedException(
            "The Python process that runs Python libraries has ended. Its libraries are lost for this run; the last keyword that ran in it says why.", "", cause);
    }
}
