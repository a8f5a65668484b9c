namespace FarmAgent.Hardware.Contracts;

/// <summary>
/// What each implementation of a seam owes to its users. The classes derived from this one are abstract: each implementation's test project has a
/// class that says how the other end of the wire is reached, and inherits the tests. No test waits but on the bench's clock or on the seam itself.
/// </summary>
public abstract class HardwareContract : IDisposable
{
    /// <summary>Shortest limit that a busy machine keeps.</summary>
    protected static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    /// <summary>A limit that is never reached where all is well.</summary>
    protected static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    /// <summary>What opens the devices.</summary>
    protected abstract IHardwareBackend Backend { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what the implementation has set up.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>The act fails with that reason, and the message says more than the reason.</summary>
    protected static T Fails<T>(string reason, Action act)
        where T : FarmException
    {
        var fault = Assert.ThrowsAny<T>(act);
        Assert.Equal(reason, fault.Reason);
        Assert.Contains(' ', fault.Message);
        return fault;
    }
}
