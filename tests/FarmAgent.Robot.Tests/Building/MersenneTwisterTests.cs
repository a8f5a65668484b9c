using FarmAgent.Robot.Building;

namespace FarmAgent.Robot.Tests.Building;

public sealed class MersenneTwisterTests
{
    /// <summary>What <c>random.Random(seed).shuffle</c> of Python 3.11 makes of the numbers from 0.</summary>
    [Theory]
    [InlineData(0, 10, "7 8 1 5 3 4 2 0 9 6")]
    [InlineData(7, 10, "8 3 1 4 7 0 9 6 2 5")]
    [InlineData(-12345, 10, "8 7 3 5 1 2 9 4 0 6")]
    [InlineData(int.MaxValue, 10, "8 7 4 0 6 9 2 3 1 5")]
    [InlineData(3, 2000, "1006 619 20 1132 1584")]
    public void Shuffle_Seed_GivesTheOrderOfPython(int seed, int count, string expected)
    {
        var numbers = Enumerable.Range(0, count).ToList();
        new MersenneTwister(seed).Shuffle(numbers);
        Assert.Equal(expected, string.Join(' ', numbers.Take(expected.Split(' ').Length)));
    }
}
