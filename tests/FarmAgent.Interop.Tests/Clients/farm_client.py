"""A client that shares nothing with this project but its .proto files: leases, flashes, probes, runs a suite, fetches its output."""
import io
import os
import sys
import tarfile

import grpc

address, image_path, suite_path, output_path, stubs = sys.argv[1:6]
sys.path.insert(0, stubs)

from farmagent.v1 import (flash_service_pb2, flash_service_pb2_grpc, i2c_service_pb2, i2c_service_pb2_grpc, inventory_service_pb2,
                          inventory_service_pb2_grpc, lease_service_pb2, lease_service_pb2_grpc, run_service_pb2, run_service_pb2_grpc, verdict_pb2)

channel = grpc.insecure_channel(address)
board = "boards/b1"

# Reflection, asked in bytes so that no reflection stub is needed: field 7 (list_services) of the request, empty string.
reflect = channel.stream_stream("/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
                                request_serializer=lambda value: value, response_deserializer=lambda value: value)
services = next(iter(reflect(iter([b"\x3a\x00"]))))
for name in (b"farmagent.v1.LeaseService", b"farmagent.v1.FlashService", b"farmagent.v1.RunService", b"grpc.health.v1.Health"):
    assert name in services, name
print("reflection ok")

agent = inventory_service_pb2_grpc.InventoryServiceStub(channel).GetAgent(inventory_service_pb2.GetAgentRequest())
print("agent", agent.agent.version)

leases = lease_service_pb2_grpc.LeaseServiceStub(channel)
request = lease_service_pb2.AcquireLeaseRequest(board=board, owner="python", purpose="a client nobody here wrote")
request.wait.FromSeconds(60)
lease = [answer.lease for answer in leases.AcquireLease(request) if answer.HasField("lease")][0].name
print("lease", lease)

flash = flash_service_pb2_grpc.FlashServiceStub(channel)


def pieces():
    yield flash_service_pb2.UploadImageRequest(header=flash_service_pb2.ImageHeader(file_name=os.path.basename(image_path)))
    with open(image_path, "rb") as file:
        while data := file.read(4096):
            yield flash_service_pb2.UploadImageRequest(data=data)


image = flash.UploadImage(pieces()).image.name
phases, receipt = [], None
for answer in flash.Flash(flash_service_pb2.FlashRequest(board=board, lease=lease, image=image, request_id="python-1")):
    if answer.event.HasField("progress"):
        phases.append(flash_service_pb2.FlashPhase.Name(answer.event.progress.phase))
    if answer.event.HasField("receipt"):
        receipt = answer.event.receipt
assert receipt is not None and receipt.image == image, receipt
assert "FLASH_PHASE_PROGRAM" in phases, phases
print("receipt", receipt.name, "after", len(phases), "progress events")

probe = i2c_service_pb2_grpc.I2cServiceStub(channel).ProbeExpander(i2c_service_pb2.ProbeExpanderRequest(board=board, lease=lease))
assert probe.recognised and probe.magic == 0xBEEF, probe
print("expander", probe.version)

runs = run_service_pb2_grpc.RunServiceStub(channel)


def suite():
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        tar.add(suite_path, arcname=os.path.basename(suite_path))
    yield run_service_pb2.UploadSuiteRequest(header=run_service_pb2.SuiteHeader(file_name="suite.tar"))
    yield run_service_pb2.UploadSuiteRequest(data=archive.getvalue())


uploaded = runs.UploadSuite(suite()).suite
ended = None
for answer in runs.StartRun(run_service_pb2.StartRunRequest(board=board, lease=lease, suite=uploaded, request_id="python-2")):
    if answer.event.HasField("ended"):
        ended = answer.event.ended
assert ended is not None and ended.verdict == verdict_pb2.VERDICT_PASS, ended
print("run", ended.name, ended.passed, "passed")

with open(output_path, "wb") as file:
    for piece in runs.FetchArtifact(run_service_pb2.FetchArtifactRequest(run=ended.name, path="output.xml")):
        file.write(piece.data)
leases.ReleaseLease(lease_service_pb2.ReleaseLeaseRequest(name=lease))

try:
    leases.GetLease(lease_service_pb2.GetLeaseRequest(name="leases/no-such"))
    raise AssertionError("an unknown lease was found")
except grpc.RpcError as error:
    assert error.code() == grpc.StatusCode.NOT_FOUND, error
print("done")
