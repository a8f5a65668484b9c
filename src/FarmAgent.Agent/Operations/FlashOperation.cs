using FarmAgent.Hardware;
using Google.Protobuf.WellKnownTypes;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Operations;

/// <summary>One flash or erase, which the agent owns: its clients only watch. Thread-safe.</summary>
internal sealed class FlashOperation : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Wire.Operation _state;
    private readonly CancellationTokenSource _cancel = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private FarmException? _failure;
    private bool _disposed;

    public FlashOperation(string id, string board, string kind, string requestId, string identity, DateTimeOffset now)
    {
        (Id, Identity, RequestId) = (id, identity, requestId);
        _state = new Wire.Operation
        {
            Name = "operations/" + id,
            Board = board,
            Kind = kind,
            State = Wire.OperationState.Queued,
            RequestId = requestId,
            CreateTime = now.ToTimestamp(),
        };
    }

    public string Id { get; }

    /// <summary>Who asked for it.</summary>
    public string Identity { get; }

    public string RequestId { get; }

    /// <summary>Resource name of the image; empty for what has none.</summary>
    public string Image { get; init; } = "";

    /// <summary>Resource name.</summary>
    public string Name => _state.Name;

    /// <summary>Resource name of the board.</summary>
    public string Board => _state.Board;

    public EventLog<Wire.OperationEvent> Events { get; } = new();

    /// <summary>Fires when it was asked to stop.</summary>
    public CancellationToken Cancelled => _cancel.Token;

    /// <summary>Completes when it has ended, however.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Why it failed; null while it has not.</summary>
    public FarmException? Failure
    {
        get
        {
            lock (_lock)
            {
                return _failure;
            }
        }
    }

    /// <summary>How it stands now.</summary>
    public Wire.Operation Snapshot()
    {
        lock (_lock)
        {
            return _state.Clone();
        }
    }

    /// <summary>Asks it to stop at the next page.</summary>
    public async Task CancelAsync()
    {
        if (!_ended.Task.IsCompleted)
        {
            await _cancel.CancelAsync();
        }
    }

    public void Begin() => Change(s => s.State = Wire.OperationState.Running);

    public void Connected(string text) => Events.Append(n => new Wire.OperationEvent { Sequence = n, Connected = text });

    public void Warn(string text) => Events.Append(n => new Wire.OperationEvent { Sequence = n, Warning = text });

    public void Planned(Wire.FlashPlan plan)
    {
        Change(s => s.Plan = plan);
        Events.Append(n => new Wire.OperationEvent { Sequence = n, Plan = plan });
    }

    public void Progressed(Wire.FlashProgress progress)
    {
        Change(s => s.Progress = progress);
        Events.Append(n => new Wire.OperationEvent { Sequence = n, Progress = progress });
    }

    /// <summary>A flash ended with its receipt; one that only planned has none.</summary>
    public void Succeeded(Wire.FlashReceipt? receipt, DateTimeOffset now)
    {
        if (receipt is not null)
        {
            Events.Append(n => new Wire.OperationEvent { Sequence = n, Receipt = receipt });
        }

        End(now, s =>
        {
            s.State = Wire.OperationState.Succeeded;
            s.Receipt = receipt;
        });
    }

    /// <summary>An erase ended well.</summary>
    public void Erased(Wire.EraseResult result, DateTimeOffset now)
    {
        Events.Append(n => new Wire.OperationEvent { Sequence = n, Erased = result });
        End(now, s => s.State = Wire.OperationState.Succeeded);
    }

    /// <summary>A verification found the image in the flash.</summary>
    public void Verified(Wire.VerifyResult result, DateTimeOffset now)
    {
        Events.Append(n => new Wire.OperationEvent { Sequence = n, Verified = result });
        End(now, s => s.State = Wire.OperationState.Succeeded);
    }

    /// <summary>Option bytes are in force.</summary>
    public void OptionsSet(Wire.OptionBytes options, DateTimeOffset now)
    {
        Events.Append(n => new Wire.OperationEvent { Sequence = n, OptionBytes = options });
        End(now, s => s.State = Wire.OperationState.Succeeded);
    }

    /// <summary>It ended without what was asked for.</summary>
    public void Failed(FarmException failure, IEnumerable<Wire.AddressRange> undefined, bool stopped, DateTimeOffset now)
    {
        lock (_lock)
        {
            _failure = failure;
        }

        End(now, s =>
        {
            s.State = stopped ? Wire.OperationState.Cancelled : Wire.OperationState.Failed;
            s.Error = new Wire.OperationError { Reason = failure.Reason, Message = failure.Message };
            s.Error.Metadata.Add(failure.Facts);
            s.Undefined.Add(undefined);
        });
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _cancel.Dispose();
        }
    }

    private void Change(Action<Wire.Operation> change)
    {
        lock (_lock)
        {
            change(_state);
        }
    }

    private void End(DateTimeOffset now, Action<Wire.Operation> change)
    {
        Change(s =>
        {
            change(s);
            s.EndTime = now.ToTimestamp();
        });
        Events.Close();
        _ended.TrySetResult();
    }
}
