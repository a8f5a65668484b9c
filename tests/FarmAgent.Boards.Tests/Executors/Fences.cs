using FarmAgent.Boards.Executors;

namespace FarmAgent.Boards.Tests.Executors;

/// <summary>Fences in a known state.</summary>
internal static class Fences
{
    public static (BoardFence Fence, LeaseToken Token) Open(long value = 1)
    {
        var fence = new BoardFence("b1");
        fence.Open(value);
        return (fence, fence.TokenFor(LeaseTokenKind.Request, value));
    }
}
