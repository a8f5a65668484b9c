using FarmAgent.Simulation.Proof.Measuring;

switch (args)
{
    case ["measure"]:
        return InterpreterMeasure.Run(turns: 5);
    default:
        Console.Error.WriteLine("usage: ./build.sh bench cpu");
        return 2;
}
