global using CsCheck;
global using NodaTime;
global using Xunit;
