namespace FarmAgent.Hardware;

/// <summary>
/// Base of every fault that FarmAgent reports: it carries a stable reason in capitals (the <c>ErrorInfo.reason</c> of the API) and a
/// message in three parts: what happened, what was found, what to do next. Its families say where the fault lies.
/// </summary>
public abstract class FarmException : Exception
{
    /// <summary>Makes a fault with its reason.</summary>
    /// <param name="reason">Stable name in capitals, for example <c>PROBE_DISCONNECTED</c>.</param>
    /// <param name="message">What happened, what was found, what to do next.</param>
    /// <param name="inner">The cause, if another layer reported it.</param>
    protected FarmException(string reason, string message, Exception? inner = null)
        : base(message, inner)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        Reason = reason;
    }

    /// <summary>Stable name in capitals, the same in the API, on the command line and in reports.</summary>
    public string Reason { get; }

    /// <summary>Facts by name (addresses and register values as hex with their width), sent as <c>ErrorInfo.metadata</c>.</summary>
    public IDictionary<string, string> Facts { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Adds one fact and returns the same exception, so that it can be thrown at once.</summary>
    /// <param name="key">Name in lower case with underscores.</param>
    /// <param name="value">Value as a person would read it.</param>
    public FarmException With(string key, string value)
    {
        Facts[key] = value;
        return this;
    }
}

/// <summary>The request itself cannot be served: bad input, an unknown name, a missing precondition. Its sender can mend it.</summary>
public class RequestException(string reason, string message, Exception? inner = null) : FarmException(reason, message, inner);

/// <summary>A device of the host (USB, I2C adapter, GPIO line, tty) failed or is not there: the bench, not the firmware.</summary>
public class HardwareException(string reason, string message, Exception? inner = null) : FarmException(reason, message, inner);
