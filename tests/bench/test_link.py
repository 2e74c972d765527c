import socket
import threading

from tests.bench.link import PACKET, Lane, phone_link

STORY = b"".join(b"%d and then; " % number for number in range(5_000))


def test_a_lane_carries_what_its_rate_allows_whoever_sends():
    lane = Lane(rate=1_000)

    assert lane.takes(500, now=0) == 0.5
    assert lane.takes(250, now=0) == 0.75  # of another connection, at the same moment


def test_a_lane_that_lay_idle_saves_nothing_up():
    lane = Lane(rate=1_000)
    lane.takes(500, now=0)

    assert lane.takes(500, now=10) == 10.5


def test_what_crosses_the_link_arrives_whole_and_in_order_both_ways():
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=say_it_back, args=(server,), daemon=True).start()
        with phone_link(server.getsockname()[1]) as port, socket.create_connection(("127.0.0.1", port)) as near:
            near.sendall(STORY)
            near.shutdown(socket.SHUT_WR)
            heard = b"".join(iter(lambda: near.recv(PACKET), b""))

    assert heard == STORY


def say_it_back(server: socket.socket) -> None:
    far, _ = server.accept()
    with far:
        far.sendall(b"".join(iter(lambda: far.recv(PACKET), b"")))
