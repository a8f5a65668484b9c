using System.Globalization;
using FarmAgent.Simulation.Proof.Comparing;
using FarmAgent.Simulation.Proof.Measuring;

const string Other = "qemu-system-arm";
var count = 2_000_000L;
var seed = 1;
for (var index = 1; index + 1 < args.Length; index += 2)
{
    switch (args[index])
    {
        case "--count":
            count = long.Parse(args[index + 1], CultureInfo.InvariantCulture);
            break;
        case "--seed":
            seed = int.Parse(args[index + 1], CultureInfo.InvariantCulture);
            break;
        default:
            return Usage();
    }
}

return args switch
{
    ["measure"] => InterpreterMeasure.Run(turns: 5),
    ["fuzz", ..] when args.Length % 2 == 1 => ProofRun.Run(Other, count, seed),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: measure | fuzz [--count INSTRUCTIONS] [--seed S]");
    return 2;
}
