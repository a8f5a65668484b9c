using FarmAgent.Benchmarks;

switch (args)
{
    case ["agent"]:
        BenchReport.Publish("agent", await AgentBenchmark.RunAsync());
        return 0;
    case ["cpu"]:
        BenchReport.Publish("cpu", await CpuBenchmark.RunAsync());
        return 0;
    case ["flash"]:
        BenchReport.Publish("flash", await FlashBenchmark.RunAsync());
        return 0;
    case ["robot"]:
        BenchReport.Publish("robot", await RobotBenchmark.RunAsync());
        return 0;
    default:
        Console.Error.WriteLine("usage: ./build.sh bench agent|cpu|flash|robot");
        return 2;
}
