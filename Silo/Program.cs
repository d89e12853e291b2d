using OrleansBilling.Silo;
using OrleansBilling.Silo.Commands;

if (DemoHost.IsWanted(args))
{
    return await DemoHost.RunAsync(args);
}
if (CommandLine.IsCommand(args))
{
    return await CommandLine.RunAsync(args);
}
return await SiloHost.RunAsync(args);
